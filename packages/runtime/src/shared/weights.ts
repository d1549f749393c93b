import { ShapeError } from '@quantrx/core'
import { centered, channelScales, quantizedActivationRange } from '@quantrx/kernels'
import type { RequantizeOptions } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'
import { dataAs, integerData, isIntegerType, outputAt, scaleOf, unsupportedTypes } from './operands.ts'

/** Where the operands of a convolution-like operator stand, and what it does at the end. */
export interface WeightedOperator {
  readonly context: OperatorContext
  readonly input: RuntimeTensor
  readonly weights: RuntimeTensor
  readonly bias: RuntimeTensor | undefined
  readonly channels: number
  readonly activation: string
}

/** What an integer kernel with weights needs. */
export interface IntegerWeights {
  readonly weights: Int16Array
  readonly bias: Int32Array
  readonly inputZeroPoint: number
  readonly requantization: RequantizeOptions
}

/** Type combinations of the operators with weights. */
export const weightedSupports = ['float32', 'int8', 'uint8', 'float32 × int8 weights'] as const

/** The combination that the operands of a weighted operator form. */
export type WeightedKind = 'float32' | 'integer' | 'hybrid'

/**
 * Which of the supported combinations the operands form.
 *
 * @throws UnsupportedError for any other.
 */
export function weightedKind({ context, input, weights, bias }: WeightedOperator): WeightedKind {
  const output = outputAt(context)
  if (input.type === 'float32' && output.type === 'float32') {
    if (weights.type === 'float32' && (bias === undefined || bias.type === 'float32')) return 'float32'
    if (weights.type === 'int8' && (bias === undefined || bias.type === 'float32')) return 'hybrid'
  }
  const eightBit = input.type === output.type && (input.type === 'int8' || input.type === 'uint8')
  if (eightBit && weights.type === input.type && (bias === undefined || bias.type === 'int32'))
    return 'integer'
  throw unsupportedTypes(context, weightedSupports)
}

/** The float32 bias, zeros where it is left out. */
export function floatBias({ context, bias, channels }: WeightedOperator): Float32Array {
  if (bias === undefined) return new Float32Array(channels)
  return checkedLength(context, dataAs(context, bias, 'float32'), channels, 'bias')
}

/** Everything that an integer kernel computes once from its weights, bias and scales. */
export function integerWeights(operator: WeightedOperator): IntegerWeights {
  const { context, input, weights, bias, channels, activation } = operator
  const output = outputAt(context)
  if (!isIntegerType(output.type)) throw unsupportedTypes(context, weightedSupports)
  const { scale: inputScale, zeroPoint: inputZeroPoint } = scaleOf(context, input)
  const { scale: outputScale, zeroPoint } = scaleOf(context, output)
  scaleOf(context, weights)
  const { scales = [], zeroPoints = [] } = weights.quantization ?? {}
  if (scales.length > 1) checkedLength(context, scales, channels, 'weight scales')
  // Kernels that know one scale for all channels, uint8 and FULLY_CONNECTED per tensor, compute with it in float32.
  const float32Product =
    scales.length === 1 && (output.type === 'uint8' || context.kind === 'FULLY_CONNECTED')
  return {
    weights: centered(integerData(context, weights), zeroPoints),
    bias:
      bias === undefined
        ? new Int32Array(channels)
        : checkedLength(context, dataAs(context, bias, 'int32'), channels, 'bias'),
    inputZeroPoint,
    requantization: {
      arithmetic: context.arithmetic,
      scales: channelScales(context.arithmetic, {
        inputScale,
        weightScales: scales,
        outputScale,
        float32Product,
      }),
      zeroPoint,
      range: quantizedActivationRange(activation, output.type, outputScale, zeroPoint, context.arithmetic),
    },
  }
}

/** The int8 weights of a hybrid operator and their scale per channel. */
export function hybridWeights(operator: WeightedOperator): {
  weights: Int16Array
  filterScales: Float32Array
} {
  const { context, weights, channels } = operator
  scaleOf(context, weights)
  const { scales = [], zeroPoints = [] } = weights.quantization ?? {}
  const filterScales = new Float32Array(channels).fill(scales[0] ?? 1)
  if (scales.length > 1) filterScales.set(checkedLength(context, scales, channels, 'weight scales'))
  return { weights: centered(integerData(context, weights), zeroPoints), filterScales }
}

function checkedLength<Values extends { readonly length: number }>(
  { kind }: OperatorContext,
  values: Values,
  channels: number,
  what: string,
): Values {
  if (values.length === channels) return values
  throw new ShapeError({
    stage: 'runtime',
    subject: `${kind}, ${what}`,
    found: `${values.length} values`,
    expected: `${channels}, one for each output channel`,
  })
}
