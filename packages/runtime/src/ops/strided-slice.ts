import { stridedSliceWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** STRIDED_SLICE at constant places, with all masks. */
export const stridedSlice = walkOperator('STRIDED_SLICE', (context, shape) => {
  const [begin, end, strides] = [1, 2, 3].map((at) => constantIntegers(context, inputAt(context, at)))
  return stridedSliceWalk(shape, { ...context.options, begin: begin!, end: end!, strides: strides! })
})
