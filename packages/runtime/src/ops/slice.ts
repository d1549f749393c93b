import { sliceWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** SLICE at a constant place. */
export const slice = walkOperator('SLICE', (context, shape) => {
  const [begin, size] = [1, 2].map((at) => constantIntegers(context, inputAt(context, at)))
  return sliceWalk(shape, begin!, size!)
})
