import type { Shape } from '@quantrx/core'
import { stridesOf } from '../../shared/element-walk.ts'
import { transposeAxes } from '../../ops/transpose/transpose.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { copyKernel } from './copy.ts'

/**
 * TRANSPOSE of elements of `elementBytes`, 1 to 8: rows that stay together are moved as they are, single elements one by one.
 *
 * @throws ShapeError when `permutation` does not name every dimension once.
 */
export function transposeKernel(
  shape: Shape,
  permutation: readonly number[],
  elementBytes: number,
  share?: Share,
): GeneratedKernel {
  const axes = transposeAxes(shape, permutation)
  const [from, to] = [stridesOf(shape), stridesOf(axes.map((axis) => shape[axis]!))]
  const loops = axes.map((axis, at) => ({
    count: shape[axis]!,
    steps: [from[axis]! * elementBytes, to[at]! * elementBytes],
  }))
  return copyKernel([{ sourceAt: 0, targetAt: 0, rowBytes: elementBytes, loops }], share)
}
