import type { IntegerArray, Requantizer } from '../arithmetic/requantize.ts'
import { centerInto } from './centered.ts'
import type { ConvolutionGeometry } from './convolution-geometry.ts'

/** Receives the accumulators of one output position: one per output channel. */
export type AccumulatorSink = (accumulators: Int32Array, batch: number, at: number) => void

/** The integer part of a convolution: calls the sink for every output position. */
export type Accumulate = (centeredInput: Int16Array, sink: AccumulatorSink) => void

/**
 * A convolution on int8 or uint8: subtracts the input's zero point, accumulates in int32 and requantizes. Positions
 * outside the input count as the real number 0. Follows spec 7.1.
 */
export function convolveInteger(
  geometry: ConvolutionGeometry,
  accumulate: Accumulate,
  inputZeroPoint: number,
  requantize: Requantizer,
): (input: IntegerArray, output: IntegerArray) => void {
  const { batches, inputHeight, inputWidth, inputChannels, outputChannels } = geometry
  const centered = new Int16Array(batches * inputHeight * inputWidth * inputChannels)
  return (input, output) => {
    centerInto(centered, input, inputZeroPoint)
    accumulate(centered, (accumulators, _batch, at) => requantize(accumulators, outputChannels, output, at))
  }
}
