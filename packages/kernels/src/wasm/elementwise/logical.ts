import type { BroadcastRows } from '../../shared/broadcast.ts'
import { operation, vectorConstant } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { truthOperator } from './truth.ts'
import { broadcastWalk, unaryWalk } from './walk.ts'

const zero = vectorConstant(new Uint8Array(16))

/** Operators on pairs of booleans. */
export type LogicalPair = 'and' | 'or'

const joined = { and: 'i8x16.min_u', or: 'v128.or' } as const

/** LOGICAL_AND or LOGICAL_OR of booleans, every byte but 0 being true; gives 0 and 1. */
export function logicalPairKernel(pair: LogicalPair, rows: BroadcastRows, share?: Share): GeneratedKernel {
  const operator = truthOperator(1, (a, b) => operation('i8x16.ne', operation(joined[pair], a!, b!), zero))
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}

/** LOGICAL_NOT of `elements` booleans, every byte but 0 being true; gives 0 and 1. */
export function logicalNotKernel(elements: number, share?: Share): GeneratedKernel {
  const operator = truthOperator(1, (value) => operation('i8x16.eq', value!, zero))
  return elementwiseKernel(operator, unaryWalk(elements), share)
}
