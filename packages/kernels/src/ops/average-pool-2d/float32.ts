import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { forEachInput, forEachWindow, windowSize } from '../../shared/pooling.ts'

/**
 * AVERAGE_POOL_2D in float32: the mean of the positions of the window that lie inside the input, summed row by row from
 * 0, every operation rounded to float32.
 */
export function averagePool2dFloat32(
  geometry: ConvolutionGeometry,
  range: ActivationRange,
): (input: Float32Array, output: Float32Array) => void {
  const channels = geometry.outputChannels
  return (input, output) => {
    forEachWindow(geometry, (batch, window, at) => {
      output.fill(0, at, at + channels)
      forEachInput(geometry, batch, window, (from) => {
        for (let c = 0; c < channels; c++) output[at + c] = output[at + c]! + input[from + c]!
      })
      const count = windowSize(window)
      for (let c = 0; c < channels; c++) output[at + c] = output[at + c]! / count
      clampFloat32(output, at, channels, range)
    })
  }
}
