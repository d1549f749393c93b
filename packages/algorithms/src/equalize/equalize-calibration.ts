import type { Calibration, Range } from '@quantrx/core'
import type { ChannelRanges } from './channel-ranges.ts'
import type { Equalization } from './equalize-model.ts'

/**
 * The ranges of an equalized model, from those of the model before: a scaled tensor's range is that of its channels times their
 * factors. Exact for ranges from the smallest to the largest value; of narrower ones, such as percentiles, what they cut off stays
 * cut off.
 *
 * @param channels Calibration of `channelRanges` of the model before.
 *
 * @example
 * quantizeModel(even.model, equalizeCalibration(calibration, channels, even), int8())
 */
export function equalizeCalibration<Strategy extends string>(
  calibration: Calibration<Strategy>,
  channels: Calibration<string, ChannelRanges>,
  { tensors: scaled }: Equalization,
): Calibration<Strategy> {
  const factors = new Map(scaled.map((tensor) => [tensor.index, tensor.factors]))
  const rangesOf = new Map(
    channels.tensors.map((tensor) => [`${tensor.subgraph} ${tensor.index}`, tensor.result]),
  )
  const tensors = calibration.tensors.map((tensor) => {
    const own = tensor.subgraph === 0 ? factors.get(tensor.index) : undefined
    const ranges = rangesOf.get(`${tensor.subgraph} ${tensor.index}`)
    if (own === undefined || ranges === undefined) return tensor
    return { ...tensor, result: scaledRange(tensor.result, ranges, own) }
  })
  return { ...calibration, tensors }
}

function scaledRange(whole: Range, ranges: ChannelRanges, factors: readonly number[]): Range {
  const within = (value: number): number => Math.min(whole.max, Math.max(whole.min, value))
  const ends = ranges.min.map((low, at) => {
    const factor = factors[at % factors.length]!
    return { min: within(low) * factor, max: within(ranges.max[at]!) * factor }
  })
  return ends.reduce((a, b) => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }))
}
