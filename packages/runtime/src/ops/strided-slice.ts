import { stridedSliceWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** STRIDED_SLICE at constant places, with all masks. */
export const stridedSlice: OperatorImplementation<'STRIDED_SLICE'> = {
  kind: 'STRIDED_SLICE',
  supports: anyType,
  prepare(context) {
    const { options } = context
    const [begin, end, strides] = [1, 2, 3].map((at) => constantIntegers(context, inputAt(context, at)))
    const parameters = { ...options, begin: begin!, end: end!, strides: strides! }
    return prepareWalk(context, (shape) => stridedSliceWalk(shape, parameters))
  },
}
