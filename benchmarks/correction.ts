/**
 * What bias correction adds to `quantrx quantize`: its time over that of min-max alone, on mobilenet_v1_0.25 with 100 samples, each
 * run in a process of its own and both in turns; whether every run writes the same bytes; and peak memory with 128 and with 1,000
 * samples. Exits 1 when a bar is missed.
 *
 * npm run bench:correction -- [--rounds 7]
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { main } from '@quantrx/cli'
import { fixturePath } from '@quantrx/testing'
import { median, quantile } from './measuring/statistics.ts'

/** What one process measured. */
interface Run {
  /** From the command line to the written file, without the start of the process. */
  readonly milliseconds: number
  readonly peakBytes: number
  /** SHA-256 of the written file. */
  readonly hash: string
}

const without = ['--no-bias-correction']
/** Most times of min-max alone that the default may take. */
const slowest = 2.5
/** Most that memory may grow with samples; 128 are looked at a second time, however many there are. */
const largestGrowth = 1.1

const model = fixturePath('data/models', 'mobilenet_v1_0.25_224_float.tflite')
const images = ['--data', fixturePath('data/imagenet', 'calib_100_x.npy'), '--normalize', '127.5,127.5']

async function quantizeOnce(options: readonly string[]): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'quantrx-correction-'))
  try {
    const out = join(folder, 'out.tflite')
    const started = performance.now()
    const exitCode = await main(['quantize', model, '--out', out, ...options])
    const milliseconds = performance.now() - started
    if (exitCode !== 0) throw new Error(`quantize ended with ${exitCode}`)
    const hash = createHash('sha256').update(readFileSync(out)).digest('hex')
    return { milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024, hash }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A run in a process of its own; its last line is what it measured. */
function run(options: readonly string[], flags: readonly string[] = []): Run {
  const node = [...flags, '--conditions=@quantrx/source', '--import=tsx', fileURLToPath(import.meta.url)]
  const child = [...node, '--', ...options]
  const printed = execFileSync(process.execPath, child, { encoding: 'utf8' })
  return JSON.parse(printed.trimEnd().split('\n').at(-1)!) as Run
}

function peakOf(count: number): number {
  // A fixed, small young generation: otherwise the collector, not the samples, decides how far the heap grows.
  return run(['--random-samples', String(count)], ['--max-semi-space-size=2']).peakBytes
}

const times = (runs: readonly Run[]): string => {
  const all = runs.map(({ milliseconds }) => milliseconds)
  return `${median(all).toFixed(0)} ms (${quantile(all, 0.1).toFixed(0)})`
}
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`

/** Prints everything; true when all bars are met. */
function compare(rounds: number): boolean {
  const pairs = Array.from({ length: rounds }, () => ({
    alone: run([...images, ...without]),
    corrected: run(images),
  }))
  const [alone, corrected] = [pairs.map((pair) => pair.alone), pairs.map((pair) => pair.corrected)]
  const fast = (runs: readonly Run[]): number =>
    quantile(
      runs.map(({ milliseconds }) => milliseconds),
      0.1,
    )
  const ratio = median(pairs.map((pair) => pair.corrected.milliseconds / pair.alone.milliseconds))
  console.log(
    `quantizing mobilenet_v1_0.25 with 100 samples, median of ${rounds} processes (tenth percentile)`,
  )
  console.log(`  min-max alone         ${times(alone)}`)
  console.log(`  with bias correction  ${times(corrected)}`)
  console.log(
    `  ratio                 ${ratio.toFixed(2)}, undisturbed ${(fast(corrected) / fast(alone)).toFixed(2)}`,
  )
  const hashes = new Set(corrected.map(({ hash }) => hash))
  console.log(`  written files         ${hashes.size === 1 ? 'all equal' : 'not equal'}`)
  const [few, many] = [peakOf(128), peakOf(1000)]
  console.log(`  peak memory           ${megabytes(few)} with 128 samples, ${megabytes(many)} with 1,000`)
  return ratio <= slowest && hashes.size === 1 && many <= largestGrowth * few
}

const [mark, ...options] = process.argv.slice(2)
if (mark === '--') {
  console.log(JSON.stringify(await quantizeOnce(options)))
} else {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
  process.exitCode = compare(Number(values.rounds)) ? 0 : 1
}
