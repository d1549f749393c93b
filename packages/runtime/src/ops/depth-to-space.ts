import { depthToSpaceWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'

/** DEPTH_TO_SPACE of images. */
export const depthToSpace: OperatorImplementation<'DEPTH_TO_SPACE'> = {
  kind: 'DEPTH_TO_SPACE',
  supports: anyType,
  prepare: (context) => prepareWalk(context, (shape) => depthToSpaceWalk(shape, context.options.blockSize)),
}
