/**
 * Peak memory of calibration with 100 and with 1,000 samples, each in a process of its own: it should not grow with the
 * number of samples. Prints both and their ratio; exits 1 when they differ by more than 10 %.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { randomSamples, samples } from '@quantrx/data'
import { minMax, observe, percentile } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { readModel } from '@quantrx/tflite'
import { readFileSync } from 'node:fs'
import { lastValueFrom } from 'rxjs'

const model = fileURLToPath(new URL('../packages/cli/demo/demo.tflite', import.meta.url))

async function calibrate(count: number): Promise<number> {
  const graph = readModel(readFileSync(model))
  const shape = graph.subgraphs?.[0]?.tensors?.[graph.subgraphs[0].inputs?.[0] ?? 0]?.shape ?? []
  const open = randomSamples({ inputs: [{ shape, type: 'float32' }], count, seed: 1 })
  await lastValueFrom(
    samples(open).pipe(infer(graph), observe({ minmax: minMax(), p9999: percentile(99.99) })),
  )
  return process.resourceUsage().maxRSS * 1024
}

function peakOf(count: number): number {
  const script = fileURLToPath(import.meta.url)
  // A fixed, small young generation: otherwise the collector, not the calibration, decides how far the heap grows.
  const flags = ['--max-semi-space-size=2', '--conditions=@quantrx/source', '--import=tsx']
  return Number(execFileSync(process.execPath, [...flags, script, String(count)], { encoding: 'utf8' }))
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

const [count] = process.argv.slice(2)
if (count !== undefined) {
  console.log(await calibrate(Number(count)))
} else {
  const rounds = [0, 1, 2, 3, 4].map(() => ({ few: peakOf(100), many: peakOf(1000) }))
  const few = median(rounds.map((round) => round.few))
  const many = median(rounds.map((round) => round.many))
  console.log(`peak memory, median of ${rounds.length} runs`)
  console.log(`  100 samples   ${megabytes(few)}`)
  console.log(`  1,000 samples ${megabytes(many)}`)
  console.log(`  ratio         ${(many / few).toFixed(3)}`)
  process.exitCode = many / few <= 1.1 ? 0 : 1
}
