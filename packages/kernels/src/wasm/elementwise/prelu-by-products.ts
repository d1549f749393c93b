import { integerLimits } from '@quantrx/core'
import { preluFactors } from '../../ops/prelu/prelu.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { holdsZeroPoint } from './bytes.ts'
import { beginBelow } from './below.ts'
import { beginCentered, largestDifference, largestProduct, productOf } from './centered-bytes.ts'
import type { Block, ElementwiseOperator } from './operator.ts'
import type { PreluOfBytes } from './prelu-of-bytes.ts'
import { beginRequantized, blockChannels } from './requantize-block.ts'

/**
 * PRELU with slopes that are known when it runs: both sides of the input's zero point are computed for all elements, and
 * requantized like sums of convolutions.
 *
 * @returns undefined for zero points outside of the type.
 */
export function preluByProducts(parameters: PreluOfBytes): ElementwiseOperator | undefined {
  const { type, input, slopes, output } = parameters
  if (![input, slopes, output].every(({ zeroPoint }) => holdsZeroPoint(type, zeroPoint))) return undefined
  const factors = preluFactors(parameters)
  const above = epilogueOf(parameters, factors.above, largestDifference)
  const below = epilogueOf(parameters, factors.below, largestProduct)
  return {
    ...{ name: type, operandBytes: 1, outputBytes: 1, blockElements: 16, scratchBytes: 32 },
    constants: [above.parameters, below.parameters],
    begin(f, { constants: [aboveAt = 0, belowAt = 0], scratch }) {
      const [toInput, toSlopes] = [input, slopes].map(({ zeroPoint }) => beginCentered(f, type, zeroPoint))
      const requantizeAbove = beginRequantized(f, above, aboveAt)
      const requantizeBelow = beginRequantized(f, below, belowAt)
      const select = beginSelection(f, parameters, scratch)
      const sums = Array.from({ length: 4 }, () => f.local('v128'))
      return (block) => {
        const { operands, elements } = block
        const halves = [toInput!(operands[0]!), toSlopes!(operands[1]!)] as const
        sums.forEach((sum, quad) => f.set(sum, productOf(halves, quad)))
        requantizeBelow(sums, select.below, elements)
        sums.forEach((sum, quad) => {
          const extend = quad % 2 === 0 ? 'i32x4.extend_low_i16x8_s' : 'i32x4.extend_high_i16x8_s'
          f.set(sum, operation(extend, get(halves[0][quad >> 1]!)))
        })
        requantizeAbove(sums, select.above, elements)
        select.store(block)
      }
    },
  }
}

function epilogueOf({ type, output }: PreluOfBytes, factor: number, largest: number): Epilogue {
  return integerRequantizeEpilogue(
    {
      ...{ arithmetic: 'tflite', scales: [factor], zeroPoint: output.zeroPoint },
      ...{ range: integerLimits[type], outputType: type, bias: new Int32Array(blockChannels) },
    },
    new Float64Array(blockChannels).fill(largest),
  )
}

/** Addresses where the results of both sides are kept, and the code that stores those that count. */
function beginSelection(f: FunctionBuilder, { type, input }: PreluOfBytes, scratch: number) {
  const [above, below] = [f.local('i32'), f.local('i32')]
  f.set(above, constant(scratch))
  f.set(below, constant(scratch + 16))
  const isBelow = beginBelow(f, type, input.zeroPoint)
  const bytes = f.local('v128')
  const store = ({ operands: [operand], output, elements }: Block): void => {
    const [whenAbove, whenBelow] = [above, below].map((at) => load('v128.load', get(at)))
    f.set(bytes, operation('v128.bitselect', whenBelow!, whenAbove!, isBelow(operand!.vector(0))))
    storeBytes(f, bytes, 0, elements, get(output), 0)
  }
  return { above, below, store }
}
