import type { ScaledSum } from '../../shared/signed-sum.ts'
import { constant, load, operation, store } from '../assembler/expression.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { byBitPattern } from './bytes.ts'
import type { ByteParameters } from './bytes.ts'
import type { ElementwiseOperator } from './operator.ts'
import { beginRequantized, blockChannels } from './requantize-block.ts'

/**
 * A sum of 8-bit integers whose contributions are looked up one by one, and requantized like those of a convolution: right for
 * every scale, and several times as slow as a plane.
 */
export function tabledSumOperator(
  { type, output: { zeroPoint }, range }: ByteParameters,
  { a, b, factor }: ScaledSum,
): ElementwiseOperator {
  const largest = largestMagnitude(a) + largestMagnitude(b)
  const epilogue = integerRequantizeEpilogue(
    {
      ...{ arithmetic: 'tflite', scales: [factor], zeroPoint, range, outputType: type },
      bias: new Int32Array(blockChannels),
    },
    new Float64Array(blockChannels).fill(largest),
  )
  return {
    ...{ name: type, operandBytes: 1, outputBytes: 1, blockElements: 16, scratchBytes: 64 },
    constants: [epilogue.parameters, byBitPattern(type, a), byBitPattern(type, b)],
    begin(f, { constants: [parametersAt = 0, ...tables], scratch }) {
      const requantize = beginRequantized(f, epilogue, parametersAt)
      const sums = Array.from({ length: 4 }, () => f.local('v128'))
      return ({ operands, output, elements }) => {
        for (let element = 0; element < elements; element++) {
          const [first, second] = operands.map((operand, index) => {
            const offset = operation('i32.shl', operand.byte(element), constant(2))
            return load('i32.load', offset, tables[index])
          })
          const sum = operation('i32.add', first!, second!)
          f.emit(store('i32.store', constant(0), sum, scratch + element * 4))
        }
        sums.forEach((vector, index) => f.set(vector, load('v128.load', constant(0), scratch + index * 16)))
        requantize(sums, output, elements)
      }
    },
  }
}

const largestMagnitude = (values: Int32Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
