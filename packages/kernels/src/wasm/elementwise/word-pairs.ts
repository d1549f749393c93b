import type { BinaryParameters } from '../../shared/binary.ts'
import type { BroadcastRows } from '../../shared/broadcast.ts'
import { operation } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { broadcastWalk } from './walk.ts'
import { wordOperator } from './word-arithmetic.ts'
import type { WordType } from './word-arithmetic.ts'

/** DIV of float32, rounded once and clamped to the fused activation. */
export function divFloat32Kernel({ rows, range }: BinaryParameters, share?: Share): GeneratedKernel {
  const operator = wordOperator('float32', range, (a, b) => operation('f32x4.div', a!, b!))
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}

const differences = {
  float32: { subtract: 'f32x4.sub', multiply: 'f32x4.mul' },
  int32: { subtract: 'i32x4.sub', multiply: 'i32x4.mul' },
} as const

/** SQUARED_DIFFERENCE of float32, the difference rounded before it is squared, or of plain int32 modulo 2^32. */
export function squaredDifferenceKernel(type: WordType, rows: BroadcastRows, share?: Share): GeneratedKernel {
  const { subtract, multiply } = differences[type]
  const operator = wordOperator(type, { min: -Infinity, max: Infinity }, (a, b) => {
    const difference = operation(subtract, a!, b!)
    return operation(multiply, difference, difference)
  })
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}
