import { integerLimits, roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { log } from '../../math/log.ts'
import { exponentialTable } from '../softmax/table.ts'
import { logSoftmaxOutputScale } from './parameters.ts'
import type { LogSoftmaxIntegerParameters } from './parameters.ts'

const f = Math.fround

/**
 * LOG_SOFTMAX on 8-bit integers with float32 exponentials from a table of all 256 differences, as LiteRT's optimized kernel
 * computes it (the `xnnpack` arithmetic; XNNPACK itself does not take this operator).
 */
export function logSoftmaxTable(
  parameters: LogSoftmaxIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { depth, inputScale, type } = parameters
  const { min, max } = integerLimits[type]
  const exponentials = exponentialTable({ beta: 1, inputScale })
  const scale = f(inputScale / logSoftmaxOutputScale)
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      const end = start + depth
      let largest = input[start]!
      for (let i = start + 1; i < end; i++) if (input[i]! > largest) largest = input[i]!
      let sum = 0
      for (let i = start; i < end; i++) sum = f(sum + exponentials[largest - input[i]!]!)
      const offset = f(f(f(inputScale * largest) + f(log(sum))) / logSoftmaxOutputScale)
      for (let i = start; i < end; i++) {
        const value = max + roundHalfToEven(f(f(scale * input[i]!) - offset))
        output[i] = value < min ? min : value > max ? max : value
      }
    }
  }
}
