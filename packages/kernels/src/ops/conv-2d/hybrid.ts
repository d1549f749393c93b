import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { clampFloat32 } from '../../shared/clamp.ts'
import { quantizeRow } from '../../shared/quantize-batch.ts'
import type { BatchQuantization } from '../../shared/quantize-batch.ts'
import { conv2dAccumulate } from './accumulate.ts'
import type { Conv2dGeometry } from './geometry.ts'

/** What a hybrid CONV_2D needs besides its input. */
export interface Conv2dHybridParameters {
  readonly geometry: Conv2dGeometry
  /** `[outputChannels, height, width, inputChannels / groups]`, int8 with zero point 0. */
  readonly filter: Int16Array
  /** One per output channel. */
  readonly filterScales: Float32Array
  readonly bias: Float32Array
  readonly range: ActivationRange
  /** How each image is quantized before it is convolved. */
  readonly inputQuantization: BatchQuantization
}

/**
 * CONV_2D with float32 activations and int8 weights: each image is quantized by its own range, convolved in integers and
 * scaled back, `inputScale * filterScale * accumulator + bias`. Follows spec section 9.
 */
export function conv2dHybrid(
  parameters: Conv2dHybridParameters,
): (input: Float32Array, output: Float32Array) => void {
  const { geometry, filter, filterScales, bias, range, inputQuantization } = parameters
  const { batches, inputHeight, inputWidth, inputChannels, outputChannels } = geometry
  const imageLength = inputHeight * inputWidth * inputChannels
  const centered = new Int16Array(batches * imageLength)
  const scales = new Float32Array(batches)
  const accumulate = conv2dAccumulate(geometry, filter, new Int32Array(outputChannels))
  return (input, output) => {
    for (let batch = 0; batch < batches; batch++) {
      scales[batch] = quantizeRow(input, batch * imageLength, imageLength, inputQuantization, centered)
    }
    accumulate(centered, (accumulators, batch, at) => {
      for (let channel = 0; channel < outputChannels; channel++) {
        const scale = Math.fround(scales[batch]! * filterScales[channel]!)
        output[at + channel] = Math.fround(accumulators[channel]! * scale) + bias[channel]!
      }
      clampFloat32(output, at, outputChannels, range)
    })
  }
}
