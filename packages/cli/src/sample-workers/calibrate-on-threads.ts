import {
  addChannelMeans,
  correctableOutputs,
  mergeChannelMeans,
  startChannelMeans,
} from '@quantrx/algorithms'
import type { ChannelMeans } from '@quantrx/algorithms'
import { checkFinite } from '@quantrx/core'
import type {
  Activation,
  Calibration,
  MergeableObserver,
  Opener,
  Sample,
  TensorObserver,
} from '@quantrx/core'
import { samples } from '@quantrx/data'
import { finishCollection, mergeCollections, observe } from '@quantrx/observers'
import { infer, subgraphOf, waitsForSample } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { concat, lastValueFrom, tap } from 'rxjs'
import type { Environment } from '../environment.ts'
import type { ModelFile } from '../shared/model-file.ts'
import { runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { signatureOf } from '../shared/signature-option.ts'
import { distribute } from './distribute.ts'
import { withWorkers } from './start-workers.ts'
import type { WorkerClient } from './worker-client.ts'

/** What is calibrated, and how. */
export interface ThreadedCalibration {
  readonly threads: number
  readonly model: ModelFile
  readonly observer: TensorObserver<unknown>
  /** Its name on the command line, by which workers make one of their own. */
  readonly observerName: string
  /** True where each sample finds the states that the last one left; one thread sees them all then. */
  readonly keepStates?: boolean
  /** At least one. */
  readonly parts: readonly CalibratedPart[]
  readonly onSample: (done: number) => void
}

/** A graph of the model, and the samples it is calibrated on. */
export interface CalibratedPart {
  readonly open: Opener
  readonly run: RunChoices
}

/** A calibration, and what bias correction needs to know of the same samples. */
export interface CalibrationWithMeans {
  readonly calibration: Calibration
  readonly means: ChannelMeans
}

/**
 * Calibrates with the samples shared by threads, unless the observer depends on their order. The result does not depend on
 * the number of threads.
 *
 * @throws what the stages throw.
 */
export function calibrateOnThreads(
  environment: Environment,
  plan: ThreadedCalibration,
): Promise<CalibrationWithMeans> {
  const { model, observer, observerName, keepStates = false, threads, parts } = plan
  const alone = (): Promise<CalibrationWithMeans> => calibrateAlone(environment, plan)
  if (!isMergeable(observer)) {
    if (threads > 1)
      environment.stderr(`quantrx: ${observer.name} depends on the order of samples; working on one thread\n`)
    return alone()
  }
  if (keepStates) {
    if (threads > 1)
      environment.stderr('quantrx: states follow the order of samples; working on one thread\n')
    return alone()
  }
  const [part] = parts
  // What is read in parts is too large to be sent; open sizes are those of the first sample, which one thread sees.
  if (parts.length > 1 || model.content === undefined || waitsForSample(model.model, signatureOf(part!.run)))
    return alone()
  const job = { kind: 'calibration', model: model.content, observer: observerName, run: part!.run } as const
  return withWorkers(
    environment,
    { threads, job },
    (workers) => calibrateWith(workers, environment, { ...plan, open: part!.open }, observer),
    alone,
  )
}

const isMergeable = (observer: TensorObserver<unknown>): observer is MergeableObserver<unknown> =>
  'merge' in observer

async function calibrateAlone(
  { signal }: Environment,
  { model: { model }, observer, keepStates = false, parts, onSample }: ThreadedCalibration,
): Promise<CalibrationWithMeans> {
  const means = startChannelMeans()
  const main = mainPart(model, parts)
  let count = 0
  const counted = tap<Sample>(() => onSample(++count))
  const activations = await Promise.all(
    parts.map(async (part) => {
      const seen = samples(part.open, { signal }).pipe(
        counted,
        infer(model, { ...(await runOptions(part.run)), keepStates }),
      )
      return part === main ? seen.pipe(tap(addingMeans(means, correctableOutputs(model)))) : seen
    }),
  )
  const calibration = await lastValueFrom(concat(...activations).pipe(observe({ calibration: observer })))
  return { calibration: { ...calibration, samples: count }, means }
}

const addingMeans = (means: ChannelMeans, tensors: ReadonlySet<number>) => (activation: Activation) =>
  addChannelMeans(means, activation, tensors)

/** The part whose samples are those of the main graph, which algorithms work on. */
export function mainPart<Part extends CalibratedPart>(
  model: Model,
  parts: readonly Part[],
): Part | undefined {
  return parts.find(({ run }) => subgraphOf(model, signatureOf(run)) === 0)
}

async function calibrateWith(
  workers: readonly WorkerClient<'calibration'>[],
  { signal }: Environment,
  { open, onSample }: Pick<ThreadedCalibration, 'onSample'> & Pick<CalibratedPart, 'open'>,
  observer: MergeableObserver<unknown>,
): Promise<CalibrationWithMeans> {
  const observers = { calibration: observer }
  let done = 0
  for await (const _ of distribute(workers, checked(open(signal), signal))) onSample(++done)
  const ends = await Promise.all(workers.map((worker) => worker.end()))
  const collections = ends.map(({ collection }) => collection)
  const [calibration] = finishCollection(observers, mergeCollections(observers, collections))
  return { calibration: calibration!, means: mergeChannelMeans(ends.map((end) => end.means)) }
}

async function* checked(all: AsyncIterable<Sample>, signal: AbortSignal): AsyncIterable<Sample> {
  for await (const sample of all) {
    signal.throwIfAborted()
    checkFinite(sample, 'data')
    yield sample
  }
  signal.throwIfAborted()
}
