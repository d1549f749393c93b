import { DataError, UsageError, checkFinite } from '@quantrx/core'
import type { Calibration, Opener, Sample, TensorObserver } from '@quantrx/core'
import { collect, finishCollection, startCollection } from '@quantrx/observers'
import { activationRunner, compile, shapedFor } from '@quantrx/runtime'
import type { RunOptions } from '@quantrx/runtime'
import { withFiniteConstants } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { addChannelMeans, mostSamples, startChannelMeans } from '../bias-correction/channel-means.ts'
import type { ChannelMeans } from '../bias-correction/channel-means.ts'
import { correctableOutputs } from '../bias-correction/correctable-layer.ts'
import { considerSample, startChoice } from '../graph/chosen-samples.ts'

/** Observers of ranges by the name of their strategy. */
export type Strategies = Readonly<Record<string, TensorObserver<unknown>>>

/** What is calibrated, and when it is looked at. */
export interface CountedCalibrationPlan extends Pick<RunOptions, 'customOperators' | 'signature'> {
  readonly open: Opener
  readonly observers: Strategies
  /** After how many samples each strategy is asked for its ranges; after all of them by default. */
  readonly sampleCounts?: readonly number[]
  /** True to keep what bias correction needs. */
  readonly biasCorrection?: boolean
  readonly signal?: AbortSignal
  readonly onSample?: (done: number) => void
}

/** What all strategies have found out after some number of samples. */
export interface CountedCalibration {
  readonly samples: number
  /** One for each strategy, in their order. */
  readonly calibrations: readonly Calibration[]
  /** For bias correction, the samples it would choose, and their means. */
  readonly correction?: { readonly chosen: readonly Sample[]; readonly means: ChannelMeans }
}

/**
 * Calibrates with all strategies and for all sample counts in one pass: the source is opened once, each sample runs through the
 * model once, and after each count every strategy is asked what it has found so far. No more samples are pulled than the largest
 * count. Memory does not grow with the number of samples.
 *
 * @returns one result for each count, the smallest first.
 * @throws UsageError for counts that are none; DataError when there are fewer samples than a count, or one holds NaN.
 */
export async function calibrateAtCounts(
  model: Model,
  plan: CountedCalibrationPlan,
): Promise<readonly CountedCalibration[]> {
  const { open, observers, signal, onSample } = plan
  const counts = orderedCounts(plan.sampleCounts)
  const counting = startCounting(plan, model)
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  const found: CountedCalibration[] = []
  const collection = startCollection()
  const { customOperators, signature } = plan
  const options = {
    ...(customOperators && { customOperators }),
    ...(signature !== undefined && { signature }),
  }
  const finite = withFiniteConstants(model)
  let run: ReturnType<typeof activationRunner> | undefined
  let done = 0
  try {
    for await (const sample of open(signals)) {
      signal?.throwIfAborted()
      checkFinite(sample, 'observe')
      run ??= activationRunner(await compile(finite, shapedFor(model, options, sample)))
      run(sample, (activation) => {
        collect(observers, collection, activation)
        counting?.see(activation)
      })
      counting?.take(sample)
      onSample?.(++done)
      if (counts?.includes(done)) found.push({ ...counted(observers, collection), ...counting?.now() })
      if (done === counts?.at(-1)) break
    }
  } finally {
    abort.abort()
  }
  signal?.throwIfAborted()
  if (counts === undefined) return [{ ...counted(observers, collection), ...counting?.now() }]
  if (done > 0 && done < counts.at(-1)!) throw tooFew(done, counts)
  return found.length > 0 ? found : [counted(observers, collection)]
}

/** The ranges of all strategies so far; what they are found from goes on. */
function counted(observers: Strategies, collection: ReturnType<typeof startCollection>): CountedCalibration {
  return { samples: collection.samples, calibrations: finishCollection(observers, collection) }
}

/** Keeps what bias correction needs, where that is wanted. */
function startCounting({ biasCorrection = false }: CountedCalibrationPlan, model: Model) {
  if (!biasCorrection) return undefined
  const [means, choice, tensors] = [startChannelMeans(), startChoice(mostSamples), correctableOutputs(model)]
  return {
    see: (activation: Parameters<typeof addChannelMeans>[1]) => addChannelMeans(means, activation, tensors),
    take: (sample: Sample) => considerSample(choice, sample),
    // What has been kept is never altered, so the lists are enough.
    now: () => ({ correction: { chosen: choice.kept, means: { ...means, samples: { ...means.samples } } } }),
  }
}

function orderedCounts(counts: readonly number[] | undefined): readonly number[] | undefined {
  if (counts === undefined) return undefined
  const unusable = counts.find((count) => !Number.isInteger(count) || count < 1)
  if (counts.length > 0 && unusable === undefined) return [...new Set(counts)].sort((a, b) => a - b)
  throw new UsageError({
    stage: 'observe',
    subject: 'sample counts',
    found: counts.length === 0 ? 'none' : String(unusable),
    expected: 'whole numbers of 1 or more',
  })
}

function tooFew(found: number, counts: readonly number[]): DataError {
  return new DataError({
    stage: 'observe',
    subject: 'sample counts',
    found: `${found} samples for counts of ${counts.join(', ')}`,
    expected: `at least ${counts.at(-1)} samples`,
    nextStep: 'Give more samples, or smaller counts',
  })
}
