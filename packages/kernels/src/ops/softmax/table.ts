import { integerLimits, roundHalfAwayFromZero } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { exp } from '../../math/exp.ts'
import type { SoftmaxIntegerParameters } from './parameters.ts'

/**
 * SOFTMAX on int8 or uint8 with float32 exponentials from a table of all 256 differences, as LiteRT's optimized kernel
 * computes it (the `xnnpack` arithmetic; XNNPACK itself does not take this operator). Sums in index order.
 */
export function softmaxTable(
  parameters: SoftmaxIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { depth, outputType } = parameters
  const { min, max } = integerLimits[outputType]
  const exponentials = exponentialTable(parameters)
  const outputScale = 1 / 256
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      const end = start + depth
      let largest = input[start]!
      for (let i = start + 1; i < end; i++) if (input[i]! > largest) largest = input[i]!
      let sum = 0
      for (let i = start; i < end; i++) sum = Math.fround(sum + exponentials[largest - input[i]!]!)
      const factor = Math.fround(1 / Math.fround(sum * outputScale))
      for (let i = start; i < end; i++) {
        const probability = Math.fround(exponentials[largest - input[i]!]! * factor)
        const value = min + roundHalfAwayFromZero(probability)
        output[i] = value > max ? max : value
      }
    }
  }
}

/** e^(-scale * beta * difference) in float32, at the magnitude of the difference from the largest input. */
export function exponentialTable({
  beta,
  inputScale,
}: Pick<SoftmaxIntegerParameters, 'beta' | 'inputScale'>): Float32Array {
  const scale = Math.fround(-inputScale * Math.fround(beta))
  return Float32Array.from({ length: 256 }, (_, difference) => exp(Math.fround(scale * difference)))
}
