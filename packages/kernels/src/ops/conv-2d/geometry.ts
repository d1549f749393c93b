import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { Padding } from '../../arithmetic/padding.ts'
import { convolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'

/** Shapes and options of a CONV_2D. */
export interface Conv2dShapes {
  readonly input: Shape
  /** `[outputChannels, height, width, inputChannels / groups]` */
  readonly filter: Shape
  readonly output: Shape
  readonly padding: Padding
  readonly strideHeight: number
  readonly strideWidth: number
  readonly dilationHeight: number
  readonly dilationWidth: number
}

/** Geometry of a CONV_2D; `groups` parts of the channels are convolved on their own. */
export interface Conv2dGeometry extends ConvolutionGeometry {
  readonly groups: number
}

/**
 * The geometry of a CONV_2D.
 *
 * @throws ShapeError when the shapes contradict each other.
 */
export function conv2dGeometry(shapes: Conv2dShapes): Conv2dGeometry {
  const { input, filter, ...others } = shapes
  const [outputChannels = 0, height = 0, width = 0, depth = 0] = filter
  const geometry = convolutionGeometry('CONV_2D', {
    ...others,
    input,
    window: [height, width],
    outputChannels,
  })
  const groups = geometry.inputChannels / depth
  if (filter.length === 4 && Number.isInteger(groups) && groups >= 1 && outputChannels % groups === 0) {
    return { ...geometry, groups }
  }
  throw new ShapeError({
    stage: 'kernels',
    subject: 'CONV_2D',
    found: `input ${formatShape(input)} with filter ${formatShape(filter)}`,
    expected: 'channels that divide evenly into groups of the depth of the filter',
  })
}
