import { finishSums } from '../../shared/finish-sums.ts'
import { forEachVolumeTap } from '../../shared/volume-geometry.ts'
import type { Conv3dKernel, Conv3dParameters } from '../conv-3d/conv-3d.ts'

/**
 * CONV_3D_TRANSPOSE in float32 with a filter `[depth, height, width, outputChannels, inputChannels]`: every input element adds its
 * window of products to the output, in the order of the input, then of the filter, every operation rounded to float32; the bias, one
 * value per output channel, comes last.
 *
 * @param parameters Windows of their geometry move over the output, and have the input for positions.
 */
export function conv3dTransposeFloat32({
  geometry,
  inputChannels,
  outputChannels,
  range,
}: Conv3dParameters): Conv3dKernel {
  const { fround } = Math
  return (input, filter, bias, output) => {
    output.fill(0)
    forEachVolumeTap(geometry, (position, filterAt, outputAt) => {
      const [from, to] = [position * inputChannels, outputAt * outputChannels]
      for (let unit = 0; unit < outputChannels; unit++) {
        const weights = (filterAt * outputChannels + unit) * inputChannels
        for (let channel = 0; channel < inputChannels; channel++)
          output[to + unit] = output[to + unit]! + fround(input[from + channel]! * filter[weights + channel]!)
      }
    })
    finishSums(output, bias, outputChannels, range)
  }
}
