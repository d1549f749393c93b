import { ShapeError, UnsupportedError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { ResizeParameters } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { constantIntegers, inputAt } from './operands.ts'

/**
 * The constant output size and the options of an operator that resizes images.
 *
 * @throws ShapeError when the size is not a height and a width of 1 or more.
 * @throws UnsupportedError for options that exclude one another.
 */
export function resizeParameters(
  context: OperatorContext<'RESIZE_BILINEAR' | 'RESIZE_NEAREST_NEIGHBOR'>,
): ResizeParameters {
  const { kind, options } = context
  const size = constantIntegers(context, inputAt(context, 1))
  const [outputHeight = 0, outputWidth = 0] = size
  if (size.length !== 2 || outputHeight < 1 || outputWidth < 1) {
    throw new ShapeError({
      stage: 'runtime',
      subject: kind,
      found: `size ${formatShape(size)}`,
      expected: 'a height and a width of 1 or more',
    })
  }
  const { alignCorners, halfPixelCenters } = options
  if (alignCorners && halfPixelCenters) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: kind,
      found: 'align_corners and half_pixel_centers',
      expected: 'one of them at most',
    })
  }
  return { outputHeight, outputWidth, alignCorners, halfPixelCenters }
}

/** The shape of the images after an operator has resized them. */
export function resizedShape(context: OperatorContext<'RESIZE_BILINEAR' | 'RESIZE_NEAREST_NEIGHBOR'>): Shape {
  const { shape } = inputAt(context, 0)
  const { outputHeight, outputWidth } = resizeParameters(context)
  return [shape[0] ?? 0, outputHeight, outputWidth, shape[3] ?? 0]
}
