import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { forEachInput, forEachWindow, windowSize } from '../../shared/pooling.ts'

/**
 * L2_POOL_2D of float32: the square root of the mean of the squares of the window inside the input, clamped. Squares and sums are
 * rounded to float32, row by row.
 */
export function l2Pool2dFloat32(
  geometry: ConvolutionGeometry,
  range: ActivationRange,
): (input: Float32Array, output: Float32Array) => void {
  const channels = geometry.outputChannels
  const { fround } = Math
  return (input, output) => {
    forEachWindow(geometry, (batch, window, at) => {
      output.fill(0, at, at + channels)
      forEachInput(geometry, batch, window, (from) => {
        for (let channel = 0; channel < channels; channel++) {
          const value = input[from + channel]!
          output[at + channel] = output[at + channel]! + fround(value * value)
        }
      })
      const count = windowSize(window)
      for (let channel = 0; channel < channels; channel++)
        output[at + channel] = Math.sqrt(fround(output[at + channel]! / count))
      clampFloat32(output, at, channels, range)
    })
  }
}
