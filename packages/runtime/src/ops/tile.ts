import { tileWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** TILE by constant multiples. */
export const tile: OperatorImplementation<'TILE'> = {
  kind: 'TILE',
  supports: anyType,
  prepare: (context) =>
    prepareWalk(context, (shape) => tileWalk(shape, constantIntegers(context, inputAt(context, 1)))),
}
