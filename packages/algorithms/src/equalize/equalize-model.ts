import type { Calibration } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { replaceConstants } from '../graph/replace-constant.ts'
import type { ChannelRanges } from './channel-ranges.ts'
import { scalablePairs } from './scalable-pairs.ts'
import type { ScalablePair } from './scalable-pairs.ts'
import { scaleFactors } from './scale-factors.ts'
import type { Balance } from './scale-factors.ts'

/** Choices of `equalize`. */
export interface EqualizeOptions {
  /** `activations` (default) for weights with a scale for each channel, `weights` for those with one for all. */
  readonly balance?: Balance
}

/** A tensor whose channels have been scaled. */
export interface ScaledTensor {
  readonly index: number
  /** One for each channel, the last dimension; flattened tensors repeat them. */
  readonly factors: readonly number[]
}

/** A model that computes the same with channels of other sizes. */
export interface Equalization {
  readonly model: Model
  readonly tensors: readonly ScaledTensor[]
}

/**
 * Scales the channels between operators with weights, so that one scale for a tensor suits all of them: cross-layer
 * equalization, Nagel et al. 2019 (arXiv 1906.04721), section 4.1, equations 7 to 11; see `scaleFactors`. What one operator
 * makes larger, the next makes smaller: on what calibration has seen, outputs change by rounding alone. RELU6 stays RELU6: its
 * channels are scaled only where calibration never saw them cut. The main subgraph is concerned; the model is not altered.
 *
 * @param calibration Of `channelRanges`, of this very model.
 *
 * @example
 * const { model: even } = equalizeModel(model, channelCalibration)
 */
export function equalizeModel(
  model: Model,
  calibration: Calibration<string, ChannelRanges>,
  { balance = 'activations' }: EqualizeOptions = {},
): Equalization {
  const pairs = scalablePairs(model)
  const ranges = new Map(
    calibration.tensors.filter(({ subgraph }) => subgraph === 0).map(({ index, result }) => [index, result]),
  )
  const factors = scaleFactors(pairs, ranges, balance)
  const tensors = pairs.flatMap((pair, at) => pair.tensors.map((index) => ({ index, factors: factors[at]! })))
  return { model: scaled(model, pairs, factors), tensors }
}

function scaled(
  model: Model,
  pairs: readonly ScalablePair[],
  factors: readonly (readonly number[])[],
): Model {
  const constants = new Map<number, Float64Array>()
  const scale = (
    constant: { tensor: number; values: Float32Array },
    factorAt: (at: number) => number,
  ): void => {
    const values = constants.get(constant.tensor) ?? Float64Array.from(constant.values)
    values.forEach((value, at) => (values[at] = value * factorAt(at)))
    constants.set(constant.tensor, values)
  }
  pairs.forEach(({ producer, consumer }, pair) => {
    const own = factors[pair]!
    scale(producer.weights, (at) => own[producer.channelOf(at)]!)
    if (producer.bias !== undefined) scale(producer.bias, (at) => own[at]!)
    scale(consumer.weights, (at) => 1 / own[consumer.channelOf(at)]!)
  })
  const replacements = [...constants].map(([tensor, values]) => {
    return { tensor, data: new Uint8Array(Float32Array.from(values).buffer) }
  })
  return replaceConstants(model, replacements)
}
