import type { CompareStoredParameters } from '../../shared/comparison.ts'
import { realLevels } from '../../shared/real-levels.ts'
import { constant, load, operation, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { byBitPattern } from './bytes.ts'
import { comparisonKernel } from './comparison.ts'
import type { ComparisonName } from './comparison.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { ElementwiseOperator } from './operator.ts'
import { broadcastWalk } from './walk.ts'

/**
 * EQUAL, LESS and their like on quantized bytes, equal to the reference bit for bit. Stored integers of one scale are compared
 * as they are, unless the scale is so small that the reference takes neighbours for one number; all others by tables of what
 * they stand for.
 */
export function comparisonOfBytesKernel(
  comparison: ComparisonName,
  { rows, type, a, b }: CompareStoredParameters,
  share?: Share,
): GeneratedKernel {
  const tables = [realLevels(type, a), realLevels(type, b)] as const
  if (isOneScale(...tables)) return comparisonKernel(type, comparison, rows, share)
  const operator = tabledOperator(
    comparison,
    tables.map((table) => byBitPattern(type, table)),
  )
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}

const isOneScale = (left: Int32Array, right: Int32Array): boolean =>
  left.every((level, at) => level === right[at] && (at === 0 || level > left[at - 1]!))

const instructions = {
  equal: 'i32.eq',
  notEqual: 'i32.ne',
  greater: 'i32.gt_s',
  greaterEqual: 'i32.ge_s',
  less: 'i32.lt_s',
  lessEqual: 'i32.le_s',
} as const

function tabledOperator(comparison: ComparisonName, tables: readonly Int32Array[]): ElementwiseOperator {
  return {
    ...{ name: 'bool', operandBytes: 1, outputBytes: 1, blockElements: 16, scratchBytes: 0 },
    constants: tables,
    begin(f, { constants }) {
      const level = (byte: Expression<'i32'>, operand: number): Expression<'i32'> => {
        const offset = operation('i32.shl', byte, constant(2))
        return load('i32.load', offset, constants[operand]!)
      }
      return ({ operands: [a, b], output, elements }) => {
        for (let at = 0; at < elements; at++) {
          const holds = operation(instructions[comparison], level(a!.byte(at), 0), level(b!.byte(at), 1))
          f.emit(store('i32.store8', get(output), holds, at))
        }
      }
    },
  }
}
