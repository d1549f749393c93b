import { power } from '../../math/power.ts'

/** How channels are divided by what is around them. */
export interface LocalResponseNormalizationParameters {
  /** Channels, the last dimension. */
  readonly depth: number
  /** Channels on either side that count, 0 or more. */
  readonly radius: number
  readonly bias: number
  readonly alpha: number
  readonly beta: number
}

/**
 * LOCAL_RESPONSE_NORMALIZATION of float32: each value divided by `(bias + alpha * sum of squares)^beta`, the sum over the channels up
 * to `radius` away, its own among them (Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks",
 * 2012). Squares and sums are rounded to float32, in the order of the channels.
 */
export function localResponseNormalizationFloat32({
  depth,
  radius,
  bias,
  alpha,
  beta,
}: LocalResponseNormalizationParameters): (input: Float32Array, output: Float32Array) => void {
  const { fround } = Math
  return (input, output) => {
    for (let row = 0; row < input.length; row += depth) {
      for (let channel = 0; channel < depth; channel++) {
        const end = Math.min(depth, channel + radius + 1)
        let sum = 0
        for (let near = Math.max(0, channel - radius); near < end; near++) {
          const value = input[row + near]!
          sum = fround(sum + fround(value * value))
        }
        const base = fround(bias + fround(alpha * sum))
        output[row + channel] = input[row + channel]! * fround(power(base, -beta))
      }
    }
  }
}
