import { reverseWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** REVERSE_V2 along constant axes. */
export const reverseV2: OperatorImplementation<'REVERSE_V2'> = {
  kind: 'REVERSE_V2',
  supports: anyType,
  prepare: (context) =>
    prepareWalk(context, (shape) => reverseWalk(shape, constantIntegers(context, inputAt(context, 1)))),
}
