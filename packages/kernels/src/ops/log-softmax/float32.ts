import { exp } from '../../math/exp.ts'
import { log } from '../../math/log.ts'

/**
 * LOG_SOFTMAX in float32: for each row of `depth` elements `x - largest - log(sum of e^(x - largest))`, exponentials and
 * their sum rounded to float32 in index order. A row with NaN becomes NaN.
 */
export function logSoftmaxFloat32(depth: number): (input: Float32Array, output: Float32Array) => void {
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      let largest = -Infinity
      for (let i = start; i < start + depth; i++) if (input[i]! > largest) largest = input[i]!
      let sum = 0
      for (let i = start; i < start + depth; i++) {
        sum = Math.fround(sum + Math.fround(exp(Math.fround(input[i]! - largest))))
      }
      const logarithm = Math.fround(log(sum))
      for (let i = start; i < start + depth; i++) output[i] = Math.fround(input[i]! - largest) - logarithm
    }
  }
}
