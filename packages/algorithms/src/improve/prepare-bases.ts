import type { Calibration, MergeableObserver, Opener, TensorObserver } from '@quantrx/core'
import { checkFinite } from '@quantrx/core'
import { collect, finishCollection, startCollection } from '@quantrx/observers'
import { activationRunner, compile, shapedFor } from '@quantrx/runtime'
import { withFiniteConstants } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { channelRanges } from '../equalize/channel-ranges.ts'
import type { ChannelRanges } from '../equalize/channel-ranges.ts'
import { equalizeCalibration } from '../equalize/equalize-calibration.ts'
import { equalizeModel } from '../equalize/equalize-model.ts'
import type { Balance } from '../equalize/scale-factors.ts'
import type { OperatorRun } from '../graph/sample-batch.ts'

/** What a candidate starts from: a model that computes the same as the float one, and its ranges. */
export interface Base {
  readonly observer: string
  readonly equalized: boolean
  readonly model: Model
  readonly calibration: Calibration
}

/** Observers of ranges by name. */
export type RangeObservers = Readonly<Record<string, TensorObserver<unknown> | MergeableObserver<unknown>>>

/** The model with even channels, and what becomes of ranges by that. */
export interface EvenModel {
  readonly model: Model
  calibrationOf(calibration: Calibration): Calibration
}

/** How bases are made. */
export interface BaseOptions extends Pick<OperatorRun, 'customOperators'> {
  /** What `equalize` makes alike; `activations` by default. */
  readonly balance?: Balance
  readonly signal?: AbortSignal
}

/** Key that no observer of a user has. */
const channelsKey = 'channels of equalization'

/**
 * Calibrates once for all observers, and equalizes once: every observer with the model as it is, and with its channels made
 * even where there are any to scale.
 *
 * @throws as the stages do.
 */
export async function prepareBases(
  model: Model,
  open: Opener,
  observers: RangeObservers,
  options: BaseOptions = {},
): Promise<{ readonly bases: readonly Base[]; readonly even: EvenModel }> {
  const calibrations = await observed(model, open, observers, options)
  const channels = calibrations.get(channelsKey) as Calibration<string, ChannelRanges>
  calibrations.delete(channelsKey)
  const { balance = 'activations' } = options
  const equalization = equalizeModel(model, channels, { balance })
  const even: EvenModel = {
    model: equalization.model,
    calibrationOf: (calibration) => equalizeCalibration(calibration, channels, equalization),
  }
  const bases = [...calibrations.values()].flatMap((each) => {
    const calibration = each as Calibration
    const plain = { observer: calibration.observer, equalized: false, model, calibration }
    if (equalization.tensors.length === 0) return [plain]
    const own = even.calibrationOf(calibration)
    return [plain, { ...plain, equalized: true, model: even.model, calibration: own }]
  })
  return { bases, even }
}

async function observed(
  model: Model,
  open: Opener,
  observers: RangeObservers,
  { signal = new AbortController().signal, customOperators }: BaseOptions,
): Promise<Map<string, Calibration<string, unknown>>> {
  const all = { ...observers, [channelsKey]: channelRanges() as MergeableObserver<unknown, unknown> }
  const options = customOperators === undefined ? {} : { customOperators }
  const collection = startCollection()
  const finite = withFiniteConstants(model)
  let run: ReturnType<typeof activationRunner> | undefined
  for await (const sample of open(signal)) {
    signal.throwIfAborted()
    checkFinite(sample, 'observe')
    run ??= activationRunner(await compile(finite, shapedFor(model, options, sample)))
    run(sample, (activation) => collect(all, collection, activation))
  }
  const calibrations = finishCollection(all, collection) as readonly Calibration<string, unknown>[]
  return new Map(calibrations.map((each) => [each.strategy, each]))
}
