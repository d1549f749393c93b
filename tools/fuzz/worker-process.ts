/** Works on a share of the cases and tells how each went; started by `supervise.ts`, which ends it when a case does not. */
import { fuzzCase } from './fuzz-case.ts'
import type { Message, Outcome, Share } from './messages.ts'
import { seeds } from './seeds.ts'
import type { Seed } from './seeds.ts'
import { runTarget } from './targets.ts'

/** What a file of a few hundred kilobytes may make us take at once. */
const mostGrowthBytes = 512 * 2 ** 20

/** Resolves when the message is on its way: what hangs next cannot hold it back. */
const tell = (message: Message): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

async function runCase(all: readonly Seed[], { target, seed }: Share, index: number): Promise<Outcome> {
  const before = process.resourceUsage().maxRSS
  try {
    const { file } = fuzzCase(all, target, seed, index)
    const verdict = file === undefined ? 'unwritable' : await runTarget(target, file)
    const grown = (process.resourceUsage().maxRSS - before) * 1024
    if (grown <= mostGrowthBytes) return { kind: 'verdict', index, verdict }
    return { kind: 'memory', index, error: `${Math.round(grown / 2 ** 20)} MiB more than before` }
  } catch (error) {
    return {
      kind: 'threw',
      index,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

const share = JSON.parse(process.argv[2] ?? '') as Share
const all = seeds()
await tell({ kind: 'ready' })
for (let index = share.from; index < share.to; index += share.step) {
  await tell(await runCase(all, share, index))
}
process.disconnect()
