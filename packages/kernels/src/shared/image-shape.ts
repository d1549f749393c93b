import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/** Sizes of a batch of images, `[batch, height, width, channels]`. */
export interface ImageShape {
  readonly batch: number
  readonly height: number
  readonly width: number
  readonly channels: number
}

/**
 * A shape as that of a batch of images.
 *
 * @throws ShapeError for any other number of dimensions.
 */
export function imageShape(operator: string, shape: Shape): ImageShape {
  const [batch, height, width, channels] = shape
  if (shape.length === 4) return { batch: batch!, height: height!, width: width!, channels: channels! }
  throw new ShapeError({
    stage: 'kernels',
    subject: operator,
    found: `shape ${formatShape(shape)}`,
    expected: '[batch, height, width, channels]',
  })
}

/**
 * Checks that a size is a multiple of a block.
 *
 * @throws ShapeError when it is not, or when the block is none.
 */
export function checkBlocks(operator: string, name: string, size: number, block: number): void {
  if (Number.isInteger(block) && block > 0 && size % block === 0) return
  throw new ShapeError({
    stage: 'kernels',
    subject: operator,
    found: `${name} ${size} in blocks of ${block}`,
    expected: 'a multiple of a block size of 1 or more',
  })
}
