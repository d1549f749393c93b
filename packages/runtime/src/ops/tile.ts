import { tileWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** TILE by constant multiples. */
export const tile = walkOperator('TILE', (context, shape) =>
  tileWalk(shape, constantIntegers(context, inputAt(context, 1))),
)
