import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import { liveFloatBias } from '../../shared/float-bias.ts'
import { multiplyFloat32 } from '../../shared/matrix-vector.ts'
import { gatherPatch, isPointwise } from '../../shared/patches.ts'
import type { Conv2dGeometry } from './geometry.ts'

/** What a float32 CONV_2D needs besides its input. */
export interface Conv2dFloat32Parameters {
  readonly arithmetic: Arithmetic
  readonly geometry: Conv2dGeometry
  /** `[outputChannels, height, width, inputChannels / groups]` */
  readonly filter: Float32Array
  /** One value per output channel. */
  readonly bias: Float32Array
  readonly range: ActivationRange
}

/**
 * CONV_2D in float32. Products are summed in the order filter row, filter column, channel, every operation rounded to
 * float32; the bias comes first or last, as in `floatBiasOrder`. Positions outside the input count as 0.
 */
export function conv2dFloat32(
  parameters: Conv2dFloat32Parameters,
): (input: Float32Array, output: Float32Array) => void {
  const { arithmetic, geometry, filter, range } = parameters
  const biasNow = liveFloatBias(arithmetic, parameters.bias)
  const { batches, inputChannels, outputHeight, outputWidth, outputChannels, groups } = geometry
  const depth = inputChannels / groups
  const rows = outputChannels / groups
  const length = geometry.filterHeight * geometry.filterWidth * depth
  const patch = new Float32Array(length)
  const pointwise = isPointwise(geometry, groups)
  return (input, output) => {
    const bias = biasNow()
    let at = 0
    for (let batch = 0; batch < batches; batch++) {
      for (let row = 0; row < outputHeight; row++) {
        for (let column = 0; column < outputWidth; column++) {
          for (let group = 0; group < groups; group++) {
            if (pointwise) {
              const from = ((batch * outputHeight + row) * outputWidth + column) * inputChannels
              multiplyFloat32(input, from, length, filter, bias, 0, rows, output, at)
            } else {
              gatherPatch(input, patch, geometry, batch, row, column, group * depth, depth)
              multiplyFloat32(patch, 0, length, filter, bias, group * rows, rows, output, at + group * rows)
            }
          }
          clampFloat32(output, at, outputChannels, range)
          at += outputChannels
        }
      }
    }
  }
}
