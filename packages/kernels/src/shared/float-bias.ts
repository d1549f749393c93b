import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/** Where the bias of a float32 sum is added; one of the two is all zeros. Any order is right, but each rounds its own way. */
export interface FloatBias {
  /** What sums start with. */
  readonly first: Float32Array
  /** What is added to them at the end. */
  readonly last: Float32Array
}

/**
 * The bias of float32 sums: added last in the `tflite` arithmetic, as TensorFlow Lite's reference kernels do, and first in
 * the `xnnpack` arithmetic, so that convolutions equal the one or the other bit for bit.
 */
export function floatBiasOrder(arithmetic: Arithmetic, bias: Float32Array): FloatBias {
  const none = new Float32Array(bias.length)
  // Adding 0 turns -0 into 0: no sum that starts with 0 becomes -0, so kernels may leave out or add products that are 0.
  return arithmetic === 'tflite'
    ? { first: none, last: bias }
    : { first: bias.map((value) => value + 0), last: none }
}

/** {@link floatBiasOrder} of what a bias holds when it is asked, for one that an operator computes before. */
export function liveFloatBias(arithmetic: Arithmetic, bias: Float32Array): () => FloatBias {
  const order = floatBiasOrder(arithmetic, bias)
  if (order.last === bias) return () => order
  return () => {
    for (let at = 0; at < bias.length; at++) order.first[at] = bias[at]! + 0
    return order
  }
}
