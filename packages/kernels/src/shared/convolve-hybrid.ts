import type { ActivationRange } from '../arithmetic/activation-range.ts'
import { clampFloat32 } from './clamp.ts'
import type { ConvolutionGeometry } from './convolution-geometry.ts'
import type { Accumulate } from './convolve-integer.ts'
import { quantizeRow } from './quantize-batch.ts'
import type { BatchQuantization } from './quantize-batch.ts'

/** What scales the accumulators of a hybrid convolution back. */
export interface HybridScaling {
  /** One per output channel. */
  readonly filterScales: Float32Array
  readonly bias: Float32Array
  readonly range: ActivationRange
  /** How each image is quantized before it is convolved. */
  readonly inputQuantization: BatchQuantization
}

/**
 * A convolution with float32 activations and int8 weights: each image is quantized by its own range, convolved in
 * integers and scaled back, `inputScale * filterScale * accumulator + bias`. Follows spec section 9.
 */
export function convolveHybrid(
  geometry: ConvolutionGeometry,
  accumulate: Accumulate,
  { filterScales, bias, range, inputQuantization }: HybridScaling,
): (input: Float32Array, output: Float32Array) => void {
  const { batches, inputHeight, inputWidth, inputChannels, outputChannels } = geometry
  const imageLength = inputHeight * inputWidth * inputChannels
  const centered = new Int16Array(batches * imageLength)
  const scales = new Float32Array(batches)
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
