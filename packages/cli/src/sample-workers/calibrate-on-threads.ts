import {
  addChannelMeans,
  correctableOutputs,
  mergeChannelMeans,
  startChannelMeans,
} from '@quantrx/algorithms'
import type { ChannelMeans } from '@quantrx/algorithms'
import { checkFinite } from '@quantrx/core'
import type { Calibration, MergeableObserver, Opener, Sample, TensorObserver } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { finishCollection, mergeCollections, observe } from '@quantrx/observers'
import { hasOpenInputs, infer } from '@quantrx/runtime'
import { lastValueFrom, tap } from 'rxjs'
import type { Environment } from '../environment.ts'
import type { ModelFile } from '../shared/model-file.ts'
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
  readonly open: Opener
  readonly onSample: (done: number) => void
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
  const { model, observer, observerName, threads } = plan
  const alone = (): Promise<CalibrationWithMeans> => calibrateAlone(environment, plan)
  if (!isMergeable(observer)) {
    if (threads > 1)
      environment.stderr(`quantrx: ${observer.name} depends on the order of samples; working on one thread\n`)
    return alone()
  }
  // What is read in parts is too large to be sent; open sizes are those of the first sample, which one thread sees.
  if (model.content === undefined || hasOpenInputs(model.model)) return alone()
  const job = { kind: 'calibration', model: model.content, observer: observerName } as const
  return withWorkers(
    environment,
    { threads, job },
    (workers) => calibrateWith(workers, environment, plan, observer),
    alone,
  )
}

const isMergeable = (observer: TensorObserver<unknown>): observer is MergeableObserver<unknown> =>
  'merge' in observer

async function calibrateAlone(
  { signal }: Environment,
  { model, observer, open, onSample }: ThreadedCalibration,
): Promise<CalibrationWithMeans> {
  const means = startChannelMeans()
  const tensors = correctableOutputs(model.model)
  const calibration = await lastValueFrom(
    samples(open, { signal }).pipe(
      infer(model.model),
      tap((activation) => addChannelMeans(means, activation, tensors)),
      observe({ calibration: observer }, { onProgress: (event) => 'done' in event && onSample(event.done) }),
    ),
  )
  return { calibration, means }
}

async function calibrateWith(
  workers: readonly WorkerClient<'calibration'>[],
  { signal }: Environment,
  { open, onSample }: ThreadedCalibration,
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
