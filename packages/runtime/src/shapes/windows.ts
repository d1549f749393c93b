import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { windowExtent } from '@quantrx/kernels'
import type { Padding } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'

interface WindowOptions {
  readonly padding: string
  readonly strideH: number
  readonly strideW: number
  readonly dilationHFactor?: number
  readonly dilationWFactor?: number
}

function windowShape(input: Shape, window: Shape, options: WindowOptions, channels: number): Shape {
  const { strideH, strideW, dilationHFactor = 1, dilationWFactor = 1 } = options
  const padding = options.padding as Padding
  const rows = windowExtent(padding, input[1] ?? 0, window[0] ?? 0, strideH, dilationHFactor)
  const columns = windowExtent(padding, input[2] ?? 0, window[1] ?? 0, strideW, dilationWFactor)
  return [input[0] ?? 0, rows.outputs, columns.outputs, channels]
}

/** CONV_2D has its output channels in the first dimension of its weights, DEPTHWISE_CONV_2D in the last one. */
export function convolutionOutputShapes(
  context: OperatorContext<'CONV_2D' | 'DEPTHWISE_CONV_2D'>,
): readonly Shape[] {
  const filter = inputAt(context, 1).shape
  const channels = filter[context.kind === 'CONV_2D' ? 0 : 3] ?? 0
  return [windowShape(inputAt(context, 0).shape, filter.slice(1, 3), context.options, channels)]
}

/** The windows of a pooling, channel by channel. */
export function poolingOutputShapes(
  context: OperatorContext<'AVERAGE_POOL_2D' | 'MAX_POOL_2D' | 'L2_POOL_2D'>,
): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const { filterHeight, filterWidth } = context.options
  return [windowShape(shape, [filterHeight, filterWidth], context.options, shape[3] ?? 0)]
}

/** Rows of units; the dimensions of the input before the last one where they are to be kept. */
export function fullyConnectedShapes(context: OperatorContext<'FULLY_CONNECTED'>): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const [units = 0, depth = 0] = inputAt(context, 1).shape
  const outer = context.options.keepNumDims ? shape.slice(0, -1) : [elementCount(shape) / depth]
  return [[...outer, units]]
}
