import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { conv2dFloat32 } from '../conv-2d/float32.ts'
import { transposeConvPhases } from './phases.ts'

/** What a float32 TRANSPOSE_CONV needs besides its input. */
export interface TransposeConvFloat32Parameters {
  readonly arithmetic: Arithmetic
  readonly geometry: ConvolutionGeometry
  /** `[outputChannels, height, width, inputChannels]` */
  readonly filter: Float32Array
  /** One value per output channel. */
  readonly bias: Float32Array
  readonly range: ActivationRange
}

/**
 * TRANSPOSE_CONV in float32. Every output is summed in the order input row, input column, channel, every operation rounded
 * to float32; the bias comes first or last, as in CONV_2D.
 */
export function transposeConvFloat32(
  parameters: TransposeConvFloat32Parameters,
): (input: Float32Array, output: Float32Array) => void {
  const { geometry, filter } = parameters
  const { batches, outputChannels } = geometry
  const phases = transposeConvPhases(geometry, filter).map((phase) => ({
    outputAt: (at: number) => phase.outputAt(at),
    run: conv2dFloat32({ ...parameters, geometry: phase.geometry, filter: phase.filter }),
    values: new Float32Array(
      batches * phase.geometry.outputHeight * phase.geometry.outputWidth * outputChannels,
    ),
  }))
  return (input, output) => {
    for (const { run, values, outputAt } of phases) {
      run(input, values)
      for (let at = 0; at < values.length; at += outputChannels) {
        output.set(values.subarray(at, at + outputChannels), outputAt(at))
      }
    }
  }
}
