import { exp } from '../../math/exp.ts'

/** Rows of a softmax, and the factor that its inputs are multiplied with. */
export interface SoftmaxFloat32Parameters {
  /** Elements of the last dimension, over which the outputs sum to 1. */
  readonly depth: number
  readonly beta: number
}

/**
 * SOFTMAX in float32. For each row: its largest element; `e^((x - largest) * beta)` in index order, each rounded to
 * float32 and added to a float32 sum; then each of them divided by the sum. A row with NaN becomes NaN.
 */
export function softmaxFloat32(
  parameters: SoftmaxFloat32Parameters,
): (input: Float32Array, output: Float32Array) => void {
  const { depth, beta } = parameters
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      softmaxRow(input, output, start, start + depth, Math.fround(beta))
    }
  }
}

function softmaxRow(
  input: Float32Array,
  output: Float32Array,
  start: number,
  end: number,
  beta: number,
): void {
  let largest = -Infinity
  for (let i = start; i < end; i++) {
    const value = input[i]!
    if (value > largest) largest = value
  }
  let sum = 0
  for (let i = start; i < end; i++) {
    const exponential = Math.fround(exp(Math.fround(Math.fround(input[i]! - largest) * beta)))
    output[i] = exponential
    sum = Math.fround(sum + exponential)
  }
  for (let i = start; i < end; i++) output[i] = output[i]! / sum
}
