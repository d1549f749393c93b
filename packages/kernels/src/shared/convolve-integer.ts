import type { IntegerArray } from '../arithmetic/requantize.ts'
import { centerInto } from './centered.ts'
import type { ConvolutionGeometry } from './convolution-geometry.ts'
import type { Sums } from './sums.ts'

/** Receives the accumulators of one output position: one per output channel. */
export type AccumulatorSink<Values extends Sums = Int32Array> = (
  accumulators: Values,
  batch: number,
  at: number,
) => void

/** The integer part of a convolution: calls the sink for every output position. */
export type Accumulate<Values extends Sums = Int32Array> = (
  centeredInput: Int16Array,
  sink: AccumulatorSink<Values>,
) => void

/**
 * A convolution on quantized integers: subtracts the input's zero point, accumulates and requantizes. Positions outside
 * the input count as the real number 0. Follows spec 7.1.
 */
export function convolveInteger<Values extends Sums>(
  geometry: ConvolutionGeometry,
  accumulate: Accumulate<Values>,
  inputZeroPoint: number,
  requantize: (sums: Values, count: number, output: IntegerArray, at: number) => void,
): (input: IntegerArray, output: IntegerArray) => void {
  const { batches, inputHeight, inputWidth, inputChannels, outputChannels } = geometry
  const centered = new Int16Array(batches * inputHeight * inputWidth * inputChannels)
  return (input, output) => {
    centerInto(centered, input, inputZeroPoint)
    accumulate(centered, (accumulators, _batch, at) => requantize(accumulators, outputChannels, output, at))
  }
}
