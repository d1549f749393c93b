import { transposeWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** TRANSPOSE by a constant permutation. */
export const transpose: OperatorImplementation<'TRANSPOSE'> = {
  kind: 'TRANSPOSE',
  supports: anyType,
  prepare: (context) =>
    prepareWalk(context, (shape) => transposeWalk(shape, constantIntegers(context, inputAt(context, 1)))),
}
