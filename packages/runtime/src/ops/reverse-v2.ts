import { reverseWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** REVERSE_V2 along constant axes. */
export const reverseV2 = walkOperator('REVERSE_V2', (context, shape) =>
  reverseWalk(shape, constantIntegers(context, inputAt(context, 1))),
)
