import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { windowExtent } from '../arithmetic/padding.ts'
import type { Padding } from '../arithmetic/padding.ts'

/** Sizes of a two-dimensional convolution or pooling on NHWC data, with explicit padding. */
export interface ConvolutionGeometry {
  readonly batches: number
  readonly inputHeight: number
  readonly inputWidth: number
  readonly inputChannels: number
  readonly filterHeight: number
  readonly filterWidth: number
  readonly outputHeight: number
  readonly outputWidth: number
  readonly outputChannels: number
  readonly strideHeight: number
  readonly strideWidth: number
  readonly dilationHeight: number
  readonly dilationWidth: number
  readonly padTop: number
  readonly padLeft: number
}

/** Shapes and options from which a geometry follows. */
export interface ConvolutionShapes {
  /** `[batches, height, width, channels]` */
  readonly input: Shape
  /** `[height, width]` of the window. */
  readonly window: Shape
  /** `[batches, height, width, channels]`, as the model states it. */
  readonly output: Shape
  readonly outputChannels: number
  readonly padding: Padding
  readonly strideHeight: number
  readonly strideWidth: number
  readonly dilationHeight?: number
  readonly dilationWidth?: number
}

/**
 * The geometry of a convolution or pooling.
 *
 * @throws ShapeError when ranks or strides make no sense, or the output shape is not what follows from the others.
 */
export function convolutionGeometry(operator: string, shapes: ConvolutionShapes): ConvolutionGeometry {
  const { input, window, output, outputChannels, padding, strideHeight, strideWidth } = shapes
  const { dilationHeight = 1, dilationWidth = 1 } = shapes
  const [batches = 0, inputHeight = 0, inputWidth = 0, inputChannels = 0] = input
  const [filterHeight = 0, filterWidth = 0] = window
  const steps = [strideHeight, strideWidth, dilationHeight, dilationWidth, filterHeight, filterWidth]
  if (input.length !== 4 || steps.some((step) => step < 1)) {
    const found = `input ${formatShape(input)}, window ${formatShape(window)}, strides and dilations ${steps.slice(0, 4).join(', ')}`
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found,
      expected: 'rank 4 and steps of at least 1',
    })
  }
  const rows = windowExtent(padding, inputHeight, filterHeight, strideHeight, dilationHeight)
  const columns = windowExtent(padding, inputWidth, filterWidth, strideWidth, dilationWidth)
  const computed = [batches, rows.outputs, columns.outputs, outputChannels]
  if (formatShape(computed) !== formatShape(output)) {
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found: `output shape ${formatShape(output)}`,
      expected: formatShape(computed),
    })
  }
  return {
    ...{ batches, inputHeight, inputWidth, inputChannels, filterHeight, filterWidth, outputChannels },
    ...{
      outputHeight: rows.outputs,
      outputWidth: columns.outputs,
      padTop: rows.before,
      padLeft: columns.before,
    },
    ...{ strideHeight, strideWidth, dilationHeight, dilationWidth },
  }
}
