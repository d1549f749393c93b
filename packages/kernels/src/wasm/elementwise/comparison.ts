import type { BroadcastRows } from '../../shared/broadcast.ts'
import { operation } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import type { ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { truthOperator } from './truth.ts'
import { broadcastWalk } from './walk.ts'
import type { WordType } from './word-arithmetic.ts'

/** What is asked of the first of two numbers, seen from the second. */
export type ComparisonName = keyof (typeof instructions)['int8']

const instructions = {
  int8: {
    equal: 'i8x16.eq',
    notEqual: 'i8x16.ne',
    greater: 'i8x16.gt_s',
    greaterEqual: 'i8x16.ge_s',
    less: 'i8x16.lt_s',
    lessEqual: 'i8x16.le_s',
  },
  uint8: {
    equal: 'i8x16.eq',
    notEqual: 'i8x16.ne',
    greater: 'i8x16.gt_u',
    greaterEqual: 'i8x16.ge_u',
    less: 'i8x16.lt_u',
    lessEqual: 'i8x16.le_u',
  },
  int32: {
    equal: 'i32x4.eq',
    notEqual: 'i32x4.ne',
    greater: 'i32x4.gt_s',
    greaterEqual: 'i32x4.ge_s',
    less: 'i32x4.lt_s',
    lessEqual: 'i32x4.le_s',
  },
  float32: {
    equal: 'f32x4.eq',
    notEqual: 'f32x4.ne',
    greater: 'f32x4.gt',
    greaterEqual: 'f32x4.ge',
    less: 'f32x4.lt',
    lessEqual: 'f32x4.le',
  },
} as const

/** EQUAL, LESS and their like on elements as they are stored: bytes of 0 and 1. Booleans are compared as uint8. */
export function comparisonKernel(
  type: ByteType | WordType,
  comparison: ComparisonName,
  rows: BroadcastRows,
  share?: Share,
): GeneratedKernel {
  const instruction = instructions[type][comparison]
  const elementBytes = type === 'int8' || type === 'uint8' ? 1 : 4
  const operator = truthOperator(elementBytes, (a, b) => operation(instruction, a!, b!))
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}
