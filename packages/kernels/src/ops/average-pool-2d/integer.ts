import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { forEachInput, forEachWindow, windowSize } from '../../shared/pooling.ts'

/**
 * AVERAGE_POOL_2D on integers, whose input and output share scale and zero point: the mean of the stored integers inside
 * the input, halves away from zero. Follows spec 7.3.
 */
export function averagePool2dInteger(
  geometry: ConvolutionGeometry,
  { min, max }: ActivationRange,
): (input: IntegerArray, output: IntegerArray) => void {
  const channels = geometry.outputChannels
  const sums = new Int32Array(channels)
  return (input, output) => {
    forEachWindow(geometry, (batch, window, at) => {
      sums.fill(0)
      forEachInput(geometry, batch, window, (from) => {
        for (let c = 0; c < channels; c++) sums[c] = sums[c]! + input[from + c]!
      })
      const count = windowSize(window)
      const half = count >> 1
      for (let c = 0; c < channels; c++) {
        const sum = sums[c]!
        const mean = Math.trunc((sum > 0 ? sum + half : sum - half) / count)
        output[at + c] = mean < min ? min : mean > max ? max : mean
      }
    })
  }
}
