import { spaceToDepthWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'

/** SPACE_TO_DEPTH of images. */
export const spaceToDepth = walkOperator('SPACE_TO_DEPTH', ({ options }, shape) =>
  spaceToDepthWalk(shape, options.blockSize),
)
