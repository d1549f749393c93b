import { resizeNearestNeighborWalk } from '@quantrx/kernels'
import { walkOperator } from '../shared/element-walk.ts'
import { resizeParameters } from '../shared/resize.ts'

/** RESIZE_NEAREST_NEIGHBOR of images to a constant size. */
export const resizeNearestNeighbor = walkOperator('RESIZE_NEAREST_NEIGHBOR', (context, shape) =>
  resizeNearestNeighborWalk(shape, resizeParameters(context)),
)
