import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { blockOffsets, copyRun, stridesOf } from '../../shared/element-walk.ts'
import type { Words } from '../../shared/element-walk.ts'

/** Shape of what DILATE makes of a shape. */
export const dilatedShape = (shape: Shape, dilations: readonly number[]): Shape =>
  shape.map((size, axis) => Math.max(0, (size - 1) * dilations[axis]! + 1))

/**
 * DILATE: elements with others between them.
 *
 * @param dilations Distances of neighbours in the output, 1 or more, one for each dimension.
 */
export function dilate(
  shape: Shape,
  dilations: readonly number[],
  wordsPerElement: number,
): (input: Words, between: Words, output: Words) => void {
  const strides = stridesOf(dilatedShape(shape, dilations))
  const places = blockOffsets(shape, (axis) => strides[axis]! * dilations[axis]!)
  const count = elementCount(shape)
  return (input, between, output) => {
    for (let at = 0; at < output.length; at++) output[at] = between[at % wordsPerElement]!
    for (let at = 0; at < count; at++)
      copyRun(input, at * wordsPerElement, output, places[at]! * wordsPerElement, wordsPerElement)
  }
}
