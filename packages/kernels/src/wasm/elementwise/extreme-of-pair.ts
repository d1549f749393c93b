import type { BroadcastRows } from '../../shared/broadcast.ts'
import { operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { vectorOperator } from './vector-operator.ts'
import type { ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { broadcastWalk } from './walk.ts'
import { wordOperator } from './word-arithmetic.ts'
import type { WordType } from './word-arithmetic.ts'

/** Which of two elements is taken. */
export type Extreme = 'larger' | 'smaller'

const instructions = {
  int8: { larger: 'i8x16.max_s', smaller: 'i8x16.min_s' },
  uint8: { larger: 'i8x16.max_u', smaller: 'i8x16.min_u' },
  int16: { larger: 'i16x8.max_s', smaller: 'i16x8.min_s' },
  int32: { larger: 'i32x4.max_s', smaller: 'i32x4.min_s' },
  float32: { larger: 'f32x4.pmax', smaller: 'f32x4.pmin' },
} as const

/** MAXIMUM or MINIMUM of elements as they are stored; equal to the reference bit for bit. */
export function extremeOfPairKernel(
  type: ByteType | 'int16' | WordType,
  extreme: Extreme,
  rows: BroadcastRows,
  share?: Share,
): GeneratedKernel {
  const instruction = instructions[type][extreme]
  // Of equal numbers and with NaN the reference takes the second; what pseudo-extremes take then is their first.
  const choose = (a: Expression<'v128'>, b: Expression<'v128'>) => operation(instruction, b, a)
  const operator =
    type === 'float32' || type === 'int32'
      ? wordOperator(type, { min: -Infinity, max: Infinity }, (a, b) => choose(a!, b!))
      : vectorOperator(type, (a, b) => choose(a!, b!), type === 'int16' ? 2 : 1)
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}
