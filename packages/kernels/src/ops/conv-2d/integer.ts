import type { IntegerArray, Requantizer } from '../../arithmetic/requantize.ts'
import { centerInto } from '../../shared/centered.ts'
import { conv2dAccumulate } from './accumulate.ts'
import type { Conv2dGeometry } from './geometry.ts'

/** What an integer CONV_2D needs besides its input. */
export interface Conv2dIntegerParameters {
  readonly geometry: Conv2dGeometry
  /** `[outputChannels, height, width, inputChannels / groups]`, zero points subtracted. */
  readonly filter: Int16Array
  /** One value per output channel, in units of input scale × filter scale. */
  readonly bias: Int32Array
  readonly inputZeroPoint: number
  readonly requantize: Requantizer
}

/**
 * CONV_2D on int8 or uint8: `requantize(bias + sum(filter * (input - zeroPoint)))`; positions outside the input count
 * as the real number 0. Follows spec 7.1.
 */
export function conv2dInteger(
  parameters: Conv2dIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, filter, bias, inputZeroPoint, requantize } = parameters
  const { batches, inputHeight, inputWidth, inputChannels, outputChannels } = geometry
  const centered = new Int16Array(batches * inputHeight * inputWidth * inputChannels)
  const accumulate = conv2dAccumulate(geometry, filter, bias)
  return (input, output) => {
    centerInto(centered, input, inputZeroPoint)
    accumulate(centered, (accumulators, _batch, at) => requantize(accumulators, outputChannels, output, at))
  }
}
