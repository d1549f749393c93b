import { ShapeError } from '@quantrx/core'
import { centered, channelScales, quantizedActivationRange } from '@quantrx/kernels'
import type { RequantizeOptions, SumRounding, Sums } from '@quantrx/kernels'
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
  /** True where LiteRT computes the operator itself and does not give it to XNNPACK. */
  readonly builtin?: boolean
}

/** What an integer kernel with weights needs; the bias tells which sums it computes. */
export interface IntegerWeights<Values extends Sums = Int32Array, Weights = Int16Array> {
  /** Their zero points are subtracted. */
  readonly weights: Weights
  readonly bias: Values
  readonly inputZeroPoint: number
  readonly requantization: RequantizeOptions
}

/** Type combinations of the operators with weights. */
export const weightedSupports = [
  'float32',
  'int8 and uint8, weights of 8 bits or int4',
  'int16 × int8 or int4 weights',
  'float32 × int8 or int4 weights',
] as const

/** The combination that the operands of a weighted operator form; `wide` has 64-bit sums of int16 activations. */
export type WeightedKind = 'float32' | 'integer' | 'wide' | 'hybrid'

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
  const sixteenBit = input.type === 'int16' && output.type === 'int16' && weights.type === 'int8'
  if (sixteenBit && (bias === undefined || bias.type === 'int64')) return 'wide'
  if (sixteenBit && bias?.type === 'int32') return 'integer'
  throw unsupportedTypes(context, weightedSupports)
}

/** The float32 bias, zeros where it is left out. */
export function floatBias({ context, bias, channels }: WeightedOperator): Float32Array {
  if (bias === undefined) return new Float32Array(channels)
  return checkedLength(context, dataAs(context, bias, 'float32'), channels, 'bias')
}

/** Everything that an integer kernel with 32-bit sums computes once from its weights, bias and scales. */
export function integerWeights(operator: WeightedOperator): IntegerWeights {
  return { ...requantizedSums(operator), weights: centeredWeights(operator), bias: integerBias(operator) }
}

/** As {@link integerWeights} with weights that are stored as they are needed, as int8; undefined where they are not. */
export function byteWeights(operator: WeightedOperator): IntegerWeights<Int32Array, Int8Array> | undefined {
  const { context, weights } = operator
  if (weights.type !== 'int8' || !hasZeroPoints(weights, 0)) return undefined
  const bytes = dataAs(context, weights, 'int8')
  return { ...requantizedSums(operator), weights: bytes, bias: integerBias(operator) }
}

/** True when all zero points of a tensor, one or more, are a certain one. */
export function hasZeroPoints({ quantization }: RuntimeTensor, zeroPoint: number): boolean {
  const { zeroPoints = [] } = quantization ?? {}
  for (let at = 0; at < zeroPoints.length; at++) if (zeroPoints[at] !== zeroPoint) return false
  return zeroPoints.length > 0
}

function integerBias({ context, bias, channels }: WeightedOperator): Int32Array {
  if (bias === undefined) return new Int32Array(channels)
  return checkedLength(context, dataAs(context, bias, 'int32'), channels, 'bias')
}

const centeredWeights = ({ context, weights }: WeightedOperator): Int16Array =>
  centered(integerData(context, weights), weights.quantization?.zeroPoints ?? [])

/** As {@link integerWeights} for a kernel with 64-bit sums. */
export function wideWeights(operator: WeightedOperator): IntegerWeights<Float64Array> {
  const { context, bias, channels } = operator
  const stored =
    bias === undefined
      ? new Float64Array(channels)
      : Float64Array.from(checkedLength(context, dataAs(context, bias, 'int64'), channels, 'bias'), Number)
  return { ...requantizedSums(operator), weights: centeredWeights(operator), bias: stored }
}

/** Kinds whose kernels know one scale for all channels. */
const oneScaleKinds: readonly string[] = ['FULLY_CONNECTED', 'BATCH_MATMUL']

function requantizedSums(
  operator: WeightedOperator,
): Pick<IntegerWeights, 'inputZeroPoint' | 'requantization'> {
  const { context, input, weights, channels, activation } = operator
  const output = outputAt(context)
  if (!isIntegerType(output.type)) throw unsupportedTypes(context, weightedSupports)
  const { scale: inputScale, zeroPoint: inputZeroPoint } = scaleOf(context, input)
  const { scale: outputScale, zeroPoint } = scaleOf(context, output)
  scaleOf(context, weights)
  const { scales = [] } = weights.quantization ?? {}
  if (scales.length > 1) checkedLength(context, scales, channels, 'weight scales')
  // Kernels that know one scale for all channels, uint8 and products of matrices per tensor, compute with it in float32.
  const float32Product =
    scales.length === 1 && (output.type === 'uint8' || oneScaleKinds.includes(context.kind))
  const arithmetic = roundingOf(operator)
  const bounds = arithmetic === 'ruy' ? 'tflite' : arithmetic
  return {
    inputZeroPoint,
    requantization: {
      arithmetic,
      scales: channelScales(arithmetic, {
        inputScale,
        weightScales: scales,
        outputScale,
        float32Product,
      }),
      zeroPoint,
      range: quantizedActivationRange(activation, output.type, outputScale, zeroPoint, bounds),
    },
  }
}

/**
 * How the sums of an operator are rounded. In the `xnnpack` arithmetic that depends on whether LiteRT gives the operator to XNNPACK;
 * the rest runs in its own kernels (see the kernels' `arithmetic/README.md`).
 */
function roundingOf(operator: WeightedOperator): SumRounding {
  const { context, input, weights, builtin = false } = operator
  if (context.arithmetic === 'tflite' || builtin || input.type === 'int16') return 'tflite'
  return weights.storedBits === 4 ? fourBitRounding(operator) : 'xnnpack'
}

/** XNNPACK takes products of matrices whose rows fill whole bytes; LiteRT's own kernels use ruy, except by channel and by group. */
function fourBitRounding({ context: { kind }, input, weights }: WeightedOperator): SumRounding {
  const depth = weights.shape.at(-1)!
  switch (kind) {
    case 'FULLY_CONNECTED':
      return depth % 2 === 0 ? 'xnnpack' : 'ruy'
    case 'CONV_2D':
      return depth === input.shape.at(-1) ? 'ruy' : 'tflite'
    case 'DEPTHWISE_CONV_2D':
      return 'tflite'
    default:
      return 'xnnpack'
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
