import { depthToSpaceWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'

/** DEPTH_TO_SPACE of images. */
export const depthToSpace = walkOperator('DEPTH_TO_SPACE', ({ options }, shape) =>
  depthToSpaceWalk(shape, options.blockSize),
)
