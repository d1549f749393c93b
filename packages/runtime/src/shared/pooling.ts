import { UnsupportedError } from '@quantrx/core'
import { convolutionGeometry, quantizedActivationRange } from '@quantrx/kernels'
import type { ActivationRange, ConvolutionGeometry, Padding } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt, isIntegerType, outputAt, scaleOf, unsupportedTypes } from './operands.ts'

/** Type combinations of the pooling operators. */
export const poolingSupports = ['float32', 'int8', 'uint8', 'int16'] as const

type PoolingContext = OperatorContext<'AVERAGE_POOL_2D' | 'MAX_POOL_2D' | 'L2_POOL_2D'>

/** The geometry of a pooling operator. */
export function poolingGeometry(context: PoolingContext): ConvolutionGeometry {
  const { options } = context
  const { shape } = inputAt(context, 0)
  return convolutionGeometry(context.kind, {
    input: shape,
    window: [options.filterHeight, options.filterWidth],
    output: outputAt(context).shape,
    outputChannels: shape[3] ?? 0,
    padding: options.padding as Padding,
    strideHeight: options.strideH,
    strideWidth: options.strideW,
  })
}

/**
 * Stored integers that the fused activation of an integer pooling lets through.
 *
 * @throws UnsupportedError when input and output are not quantized alike: pooling does not rescale.
 */
export function poolingRange(context: PoolingContext): ActivationRange {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type || !isIntegerType(output.type) || output.type === 'int32') {
    throw unsupportedTypes(context, poolingSupports)
  }
  const [from, to] = [scaleOf(context, input), scaleOf(context, output)]
  if (Math.abs(from.scale - to.scale) > 1e-6 || from.zeroPoint !== to.zeroPoint) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: context.kind,
      found: `input scale ${from.scale}, zero point ${from.zeroPoint} and output scale ${to.scale}, zero point ${to.zeroPoint}`,
      expected: 'the same scale and zero point',
    })
  }
  return quantizedActivationRange(
    context.options.fusedActivationFunction,
    output.type,
    to.scale,
    to.zeroPoint,
    xnnpackTakes(context) ? context.arithmetic : 'tflite',
  )
}

/** Pooling that LiteRT gives to XNNPACK; the rest runs in its own kernels (see the kernels' `arithmetic/README.md`). */
function xnnpackTakes({ kind, options, outputs }: PoolingContext): boolean {
  const { strideH, strideW, filterHeight, filterWidth } = options
  const overlapsOrTiles = strideH <= filterHeight && strideW <= filterWidth
  return kind === 'MAX_POOL_2D' && outputs[0]?.type !== 'int16' && overlapsOrTiles
}
