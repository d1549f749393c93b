/**
 * What a sweep costs beside the calibration of one strategy: six strategies and three schemes on mobilenet_v1_0.25 with 100
 * calibration samples, in turns with a calibration by each strategy alone, in one process. Prints the processor time of every phase, the
 * ratio that the sweep's one calibration for all takes, and how often the samples were read. Exits 1 when a bar is missed.
 *
 * npm run bench:sweep -- [--rounds 5] [--test-samples 10]
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { paretoFront, sweepModel } from '@quantrx/algorithms'
import type { SweptCandidate } from '@quantrx/algorithms'
import type { Opener, Sample } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { modelsRunner } from '@quantrx/evaluators'
import { entropy, minMax, movingAverage, mse, observe, percentile } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { dynamic, int8, int8PerTensor } from '@quantrx/schemes'
import { fixturePath } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { median, quantile } from './measuring/statistics.ts'
import { calibrationSamples } from './models/calibration-samples.ts'
import { networkNamed } from './models/networks.ts'

const observers = {
  ...{ minmax: minMax(), 'moving-average': movingAverage(), mse: mse(), entropy: entropy() },
  ...{ 'percentile:99.9': percentile(99.9), 'percentile:99.99': percentile(99.99) },
}
const schemes = { int8: int8(), 'int8-per-tensor': int8PerTensor(), dynamic: dynamic() }
const count = 100
/** Most times of the calibration of any one strategy, the cheapest included, that the calibration for all may take. */
const slowest = 1.5

/** Processor time of this process so far: unlike the clock, it does not count what other programs take. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of processor time of a sweep. */
interface Phases {
  /** From the first sample to the ranges of all strategies. */
  readonly calibrating: number
  readonly quantizing: number
  readonly evaluating: number
}

/** A sweep, and what came of it. */
interface SweepRun {
  readonly phases: Phases
  readonly reads: number
  readonly found: readonly SweptCandidate[]
}

async function sweepOnce(model: Model, open: Opener, test: Opener): Promise<SweepRun> {
  let reads = 0
  const counting: Opener = (signal) => {
    reads++
    return open(signal)
  }
  let [calibrated, evaluated] = [0, 0]
  const started = cpuMilliseconds()
  const found: SweptCandidate[] = []
  const runSamples = async function* (models: readonly Model[], taken: AsyncIterable<Sample>) {
    evaluated = cpuMilliseconds()
    const run = await modelsRunner(model, models)
    for await (const sample of taken) yield { sample, ...run(sample) }
  }
  const plan = {
    ...{ open: counting, test, observers, schemes, runSamples },
    onCalibrated: () => (calibrated = cpuMilliseconds()),
  }
  for await (const each of sweepModel(model, plan)) found.push(each)
  const ended = cpuMilliseconds()
  const phases = {
    calibrating: calibrated - started,
    quantizing: evaluated - calibrated,
    evaluating: ended - evaluated,
  }
  return { phases, reads, found }
}

async function calibrateOnce(model: Model, open: Opener, strategy: keyof typeof observers): Promise<number> {
  const started = cpuMilliseconds()
  await lastValueFrom(
    samples(open).pipe(
      infer(model),
      observe({ [strategy]: observers[strategy] as ReturnType<typeof minMax> }),
    ),
  )
  return cpuMilliseconds() - started
}

const opens = (all: readonly Sample[]): Opener =>
  async function* () {
    await Promise.resolve()
    yield* all
  }

const drawTimes = (times: readonly number[]): string =>
  `${median(times).toFixed(0)} ms (${quantile(times, 0.1).toFixed(0)})`

/** Prints everything; true when all bars are met. */
async function compare(rounds: number, testCount: number): Promise<boolean> {
  const network = networkNamed('mobilenet')
  const model = readModel(readFileSync(fixturePath('data', 'models', `${network.files.float}.tflite`)))
  const all = await calibrationSamples(network, count)
  const [open, test] = [opens(all), opens(all.slice(0, testCount))]
  const strategies = Object.keys(observers) as (keyof typeof observers)[]
  const alone = strategies.map((): number[] => [])
  const sweeps: SweepRun[] = []
  // The first round is the warm-up.
  for (let round = 0; round <= rounds; round++) {
    for (const [at, strategy] of strategies.entries()) {
      const time = await calibrateOnce(model, open, strategy)
      if (round > 0) alone[at]!.push(time)
    }
    const run = await sweepOnce(model, open, test)
    if (round > 0) sweeps.push(run)
  }
  return report(strategies, alone, sweeps, testCount)
}

function report(
  strategies: readonly string[],
  alone: readonly (readonly number[])[],
  sweeps: readonly SweepRun[],
  testCount: number,
): boolean {
  const { found, reads } = sweeps.at(-1)!
  const phase = (name: keyof Phases): readonly number[] => sweeps.map(({ phases }) => phases[name])
  const ratioTo = (times: readonly number[], of: readonly number[]): number =>
    median(of.map((time, round) => time / times[round]!))
  console.log(
    `mobilenet_v1_0.25, ${count} samples, processor time, medians of ${sweeps.length} rounds (tenth percentile)`,
  )
  console.log('calibration by one strategy')
  strategies.forEach((strategy, at) => console.log(`  ${strategy.padEnd(18)} ${drawTimes(alone[at]!)}`))
  console.log(`a sweep of ${strategies.length} strategies and ${Object.keys(schemes).length} schemes`)
  console.log(`  calibration        ${drawTimes(phase('calibrating'))}`)
  console.log(`  quantization       ${drawTimes(phase('quantizing'))}`)
  console.log(`  evaluation         ${drawTimes(phase('evaluating'))}, on ${testCount} samples`)
  const distinct = found.filter(({ sameAs }) => sameAs === undefined).length
  console.log(
    `  candidates         ${found.length}, ${distinct} of them different, ${paretoFront(found).filter(Boolean).length} not beaten`,
  )
  console.log(`  samples were read  ${reads === 1 ? 'once' : `${reads} times`}`)
  const both = sweeps.map(({ phases }) => phases.calibrating + phases.quantizing)
  console.log('times of the calibration of one strategy that the sweep takes beside the evaluations')
  const ratios = alone.map((times, at) => {
    const [calibration, made] = [ratioTo(times, phase('calibrating')), ratioTo(times, both)]
    console.log(
      `  ${strategies[at]!.padEnd(18)} ${calibration.toFixed(2)}, ${made.toFixed(2)} with quantization`,
    )
    return calibration
  })
  return reads === 1 && Math.max(...ratios) <= slowest
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, 'test-samples': { type: 'string', default: '10' } },
})
process.exitCode = (await compare(Number(values.rounds), Number(values['test-samples']))) ? 0 : 1
