import { broadcastToWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** BROADCAST_TO a constant shape. */
export const broadcastTo: OperatorImplementation<'BROADCAST_TO'> = {
  kind: 'BROADCAST_TO',
  supports: anyType,
  prepare: (context) =>
    prepareWalk(context, (shape) => broadcastToWalk(shape, constantIntegers(context, inputAt(context, 1)))),
}
