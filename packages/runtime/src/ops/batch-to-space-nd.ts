import { batchToSpaceWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { constantAmounts } from '../shared/amounts.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** BATCH_TO_SPACE_ND with constant blocks and crops. */
export const batchToSpaceNd: OperatorImplementation<'BATCH_TO_SPACE_ND'> = {
  kind: 'BATCH_TO_SPACE_ND',
  supports: anyType,
  prepare(context) {
    const block = constantIntegers(context, inputAt(context, 1))
    const parameters = { block, ...constantAmounts(context, 2, block.length) }
    return prepareWalk(context, (shape) => batchToSpaceWalk(shape, parameters))
  },
}
