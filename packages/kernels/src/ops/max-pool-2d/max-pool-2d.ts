import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { forEachInput, forEachWindow } from '../../shared/pooling.ts'

/** Arrays that can be pooled. */
export type PoolArray = Float32Array | IntegerArray

/**
 * MAX_POOL_2D on float32 or on integers whose input and output share scale and zero point: the largest value of the
 * window inside the input, clamped. Follows spec 7.3. Of 0 and -0 the last one stays, and after NaN the maximum starts anew.
 *
 * @param lowest What an empty window gives: the lowest value of the type.
 */
export function maxPool2d<Values extends PoolArray>(
  geometry: ConvolutionGeometry,
  { min, max }: ActivationRange,
  lowest: number,
): (input: Values, output: Values) => void {
  const channels = geometry.outputChannels
  return (input, output) => {
    forEachWindow(geometry, (batch, window, at) => {
      output.fill(lowest, at, at + channels)
      forEachInput(geometry, batch, window, (from) => {
        for (let c = 0; c < channels; c++) {
          const value = input[from + c]!
          if (!(value < output[at + c]!)) output[at + c] = value
        }
      })
      for (let c = 0; c < channels; c++) {
        const value = output[at + c]!
        if (value < min) output[at + c] = min
        else if (value > max) output[at + c] = max
      }
    })
  }
}
