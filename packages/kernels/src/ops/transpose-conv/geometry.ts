import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { windowExtent } from '../../arithmetic/padding.ts'
import type { Padding } from '../../arithmetic/padding.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'

/** Shapes and options of a TRANSPOSE_CONV. */
export interface TransposeConvShapes {
  readonly input: Shape
  /** `[outputChannels, height, width, inputChannels]` */
  readonly filter: Shape
  /** `[batches, height, width, outputChannels]`, an operand of its own. */
  readonly output: Shape
  readonly padding: Padding
  readonly strideHeight: number
  readonly strideWidth: number
}

/**
 * The geometry of a TRANSPOSE_CONV: input position i and filter position f add to output position `i * stride - pad + f`,
 * the padding being that of the convolution which would lead back.
 *
 * @throws ShapeError when the shapes contradict each other.
 */
export function transposeConvGeometry(shapes: TransposeConvShapes): ConvolutionGeometry {
  const { input, filter, output, padding, strideHeight, strideWidth } = shapes
  const [batches = 0, inputHeight = 0, inputWidth = 0, inputChannels = 0] = input
  const [outputChannels = 0, filterHeight = 0, filterWidth = 0, depth = 0] = filter
  const [outputBatches, outputHeight = 0, outputWidth = 0, channels] = output
  const ranks = [input, filter, output].every(({ length }) => length === 4)
  const sizes = [strideHeight, strideWidth, filterHeight, filterWidth].every((size) => size >= 1)
  const matching = batches === outputBatches && depth === inputChannels && channels === outputChannels
  if (!ranks || !sizes || !matching) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'TRANSPOSE_CONV',
      found: `input ${formatShape(input)}, filter ${formatShape(filter)}, output ${formatShape(output)}, strides ${strideHeight}, ${strideWidth}`,
      expected: 'rank 4, the same batches and channels, and strides of at least 1',
    })
  }
  return {
    ...{ batches, inputHeight, inputWidth, inputChannels, filterHeight, filterWidth },
    ...{ outputHeight, outputWidth, outputChannels, strideHeight, strideWidth },
    ...{ dilationHeight: 1, dilationWidth: 1 },
    padTop: windowExtent(padding, outputHeight, filterHeight, strideHeight, 1).before,
    padLeft: windowExtent(padding, outputWidth, filterWidth, strideWidth, 1).before,
  }
}
