import { batchToSpaceWalk } from '@quantrx/kernels'
import { constantAmounts } from '../shared/amounts.ts'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** BATCH_TO_SPACE_ND with constant blocks and crops. */
export const batchToSpaceNd = walkOperator('BATCH_TO_SPACE_ND', (context, shape) => {
  const block = constantIntegers(context, inputAt(context, 1))
  return batchToSpaceWalk(shape, { block, ...constantAmounts(context, 2, block.length) })
})
