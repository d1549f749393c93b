import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { finishSums } from '../../shared/finish-sums.ts'
import { forEachVolumeTap } from '../../shared/volume-geometry.ts'
import type { VolumeGeometry } from '../../shared/volume-geometry.ts'

/** What a float32 CONV_3D is made of. */
export interface Conv3dParameters {
  readonly geometry: VolumeGeometry
  readonly inputChannels: number
  readonly outputChannels: number
  readonly range: ActivationRange
}

/** Computes the output of a convolution in three dimensions. */
export type Conv3dKernel = (
  input: Float32Array,
  filter: Float32Array,
  bias: Float32Array | undefined,
  output: Float32Array,
) => void

/**
 * CONV_3D in float32 with a filter `[depth, height, width, inputChannels, outputChannels]`. Products are summed in the order of the
 * filter, every operation rounded to float32; the bias, one value per output channel, comes last.
 */
export function conv3dFloat32({
  geometry,
  inputChannels,
  outputChannels,
  range,
}: Conv3dParameters): Conv3dKernel {
  const { fround } = Math
  return (input, filter, bias, output) => {
    output.fill(0)
    forEachVolumeTap(geometry, (position, filterAt, inputAt) => {
      const to = position * outputChannels
      for (let channel = 0; channel < inputChannels; channel++) {
        const value = input[inputAt * inputChannels + channel]!
        const weights = (filterAt * inputChannels + channel) * outputChannels
        for (let unit = 0; unit < outputChannels; unit++)
          output[to + unit] = output[to + unit]! + fround(value * filter[weights + unit]!)
      }
    })
    finishSums(output, bias, outputChannels, range)
  }
}
