import { ShapeError, formatShape } from '@quantrx/core'
import { convolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { Conv2dShapes } from '../conv-2d/geometry.ts'

/** Geometry of a DEPTHWISE_CONV_2D; output channel `c * depthMultiplier + m` sees input channel `c` alone. */
export interface DepthwiseConv2dGeometry extends ConvolutionGeometry {
  readonly depthMultiplier: number
}

/**
 * The geometry of a DEPTHWISE_CONV_2D, whose filter is `[1, height, width, outputChannels]`.
 *
 * @throws ShapeError when the shapes contradict each other.
 */
export function depthwiseConv2dGeometry(shapes: Conv2dShapes): DepthwiseConv2dGeometry {
  const { input, filter, ...others } = shapes
  const [one = 0, height = 0, width = 0, outputChannels = 0] = filter
  const geometry = convolutionGeometry('DEPTHWISE_CONV_2D', {
    ...others,
    input,
    window: [height, width],
    outputChannels,
  })
  const depthMultiplier = outputChannels / geometry.inputChannels
  if (filter.length === 4 && one === 1 && Number.isInteger(depthMultiplier) && depthMultiplier >= 1) {
    return { ...geometry, depthMultiplier }
  }
  throw new ShapeError({
    stage: 'kernels',
    subject: 'DEPTHWISE_CONV_2D',
    found: `input ${formatShape(input)} with filter ${formatShape(filter)}`,
    expected: 'a filter [1, height, width, channels × multiplier]',
  })
}
