import type { Sample } from '@quantrx/core'
import { minMax, observe, percentile } from '@quantrx/observers'
import type { Observers } from '@quantrx/observers'
import { compile, infer } from '@quantrx/runtime'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { Subject } from 'rxjs'
import { atMost, ratioClaim } from '../measuring/claim.ts'
import { drawTable, drawTiming, drawValue } from '../measuring/draw.ts'
import { race, ratio } from '../measuring/rounds.ts'
import type { Contestant, Timing } from '../measuring/rounds.ts'
import { calibrationSamples } from '../models/calibration-samples.ts'
import { modelBytes } from '../models/model-files.ts'
import { networkNamed } from '../models/networks.ts'
import type { Network } from '../models/networks.ts'
import type { BenchTable } from './table.ts'

/** Times for one sample. */
export interface NetworkCalibration {
  readonly network: Network['name']
  /** The float model alone. */
  readonly inference: Timing
  /** The float model, and the least and largest value of every activation. */
  readonly minMax: Timing
  /** The same, and a histogram of every activation. */
  readonly percentile: Timing
}

/** What observing costs. */
export interface Calibration {
  readonly networks: readonly NetworkCalibration[]
}

/** As many as the pipeline takes turns with, so that ranges do not stand still after the first. */
const sampleCount = 16

/** Table 4: calibration beside the inference that it observes, on one thread. */
export const calibration: BenchTable<Calibration> = {
  name: 'calibration',
  title: 'Calibration, one sample: median ms, in parentheses the tenth percentile',
  async measure(settings) {
    const networks: NetworkCalibration[] = []
    for (const name of settings.networks) {
      const network = networkNamed(name)
      const model = readModel(modelBytes(network, 'float', settings.folder))
      const samples = await calibrationSamples(network, sampleCount)
      const contestants = {
        inference: await plainInference(model, samples),
        minMax: await observed(model, samples, { minmax: minMax() }),
        percentile: await observed(model, samples, { minmax: minMax(), p9999: percentile(99.99) }),
      }
      networks.push({ network: name, ...(await race(contestants, settings)) })
    }
    return { networks }
  },
  draw: ({ networks }) =>
    drawTable(
      ['float model', 'inference', '+ min-max', '', '+ percentile', ''],
      networks.map(({ network, inference, minMax, percentile }) => [
        network,
        drawTiming(inference),
        drawTiming(minMax),
        drawValue(ratio(minMax, inference), 'times'),
        drawTiming(percentile),
        drawValue(ratio(percentile, inference), 'times'),
      ]),
    ),
  claims: ({ networks }) =>
    networks.flatMap(({ network, inference, minMax, percentile }) => [
      ratioClaim(`${network}: min-max calibration against inference`, minMax, inference, atMost(1.25)),
      ratioClaim(`${network}: with a histogram on top`, percentile, inference, atMost(2)),
    ]),
}

async function plainInference(model: Model, samples: readonly Sample[]): Promise<Contestant> {
  const program = await compile(model)
  const next = taker(samples)
  return { run: () => void program.run(next().inputs) }
}

/** The stages `infer` and `observe` as users connect them, fed one sample a run. */
async function observed(model: Model, samples: readonly Sample[], observers: Observers): Promise<Contestant> {
  const source = new Subject<Sample>()
  let failure: unknown
  // Said beforehand, because samples that come while the first one decides the shapes would wait.
  const inputShapes = samples[0]!.inputs.map(({ shape }) => (shape.length < 4 ? [1, ...shape] : shape))
  source
    .pipe(infer(model, { inputShapes }), observe(observers))
    .subscribe({ error: (error) => (failure = error) })
  // `infer` compiles before it listens.
  while (!source.observed && failure === undefined) await new Promise((resolve) => setTimeout(resolve, 1))
  const next = taker(samples)
  return {
    run() {
      source.next(next())
      if (failure !== undefined) throw failure
    },
  }
}

/** Takes samples by turns, numbered on. */
function taker(samples: readonly Sample[]): () => Sample {
  let taken = 0
  return () => ({ ...samples[taken % samples.length]!, index: taken++ })
}
