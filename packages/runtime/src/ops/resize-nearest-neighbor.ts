import { resizeNearestNeighborWalk } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, prepareWalk } from '../shared/element-walk.ts'
import { resizeParameters } from '../shared/resize.ts'

/** RESIZE_NEAREST_NEIGHBOR of images to a constant size. */
export const resizeNearestNeighbor: OperatorImplementation<'RESIZE_NEAREST_NEIGHBOR'> = {
  kind: 'RESIZE_NEAREST_NEIGHBOR',
  supports: anyType,
  prepare: (context) =>
    prepareWalk(context, (shape) => resizeNearestNeighborWalk(shape, resizeParameters(context))),
}
