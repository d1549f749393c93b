import { broadcastToWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** BROADCAST_TO a constant shape. */
export const broadcastTo = walkOperator('BROADCAST_TO', (context, shape) =>
  broadcastToWalk(shape, constantIntegers(context, inputAt(context, 1))),
)
