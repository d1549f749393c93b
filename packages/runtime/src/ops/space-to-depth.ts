import { spaceToDepthWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'

/** SPACE_TO_DEPTH of images. */
export const spaceToDepth: OperatorImplementation<'SPACE_TO_DEPTH'> = {
  kind: 'SPACE_TO_DEPTH',
  supports: anyType,
  prepare: (context) => prepareWalk(context, (shape) => spaceToDepthWalk(shape, context.options.blockSize)),
}
