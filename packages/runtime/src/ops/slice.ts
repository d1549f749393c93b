import { sliceWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { constantIntegers, inputAt } from '../shared/operands.ts'

/** SLICE at a constant place. */
export const slice: OperatorImplementation<'SLICE'> = {
  kind: 'SLICE',
  supports: anyType,
  prepare(context) {
    const [begin, size] = [1, 2].map((at) => constantIntegers(context, inputAt(context, at)))
    return prepareWalk(context, (shape) => sliceWalk(shape, begin!, size!))
  },
}
