import { transposeWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** TRANSPOSE by a constant permutation. */
export const transpose = walkOperator('TRANSPOSE', (context, shape) =>
  transposeWalk(shape, constantIntegers(context, inputAt(context, 1))),
)
