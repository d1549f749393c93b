import {
  activationRange,
  convolveHybrid,
  convolveInteger,
  requantizer,
  wideRequantizer,
} from '@quantrx/kernels'
import type {
  Accumulate,
  ActivationRange,
  Arithmetic,
  Conv2dShapes,
  ConvolutionGeometry,
  HybridScaling,
  Padding,
  Sums,
} from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { dataAs, inputAt, integerData, outputAt } from './operands.ts'
import { floatBias, hybridWeights, integerWeights, weightedKind, wideWeights } from './weights.ts'
import type { WeightedOperator } from './weights.ts'

/** What tells one kind of convolution from another. */
export interface ConvolutionKernels<Geometry extends ConvolutionGeometry> {
  float32(parameters: {
    readonly arithmetic: Arithmetic
    readonly geometry: Geometry
    readonly filter: Float32Array
    readonly bias: Float32Array
    readonly range: ActivationRange
  }): (input: Float32Array, output: Float32Array) => void
  accumulate<Values extends Sums>(geometry: Geometry, filter: Int16Array, bias: Values): Accumulate<Values>
}

type ConvolutionContext = OperatorContext<'CONV_2D' | 'DEPTHWISE_CONV_2D'>

/** Prepares a convolution for the types of its operands. */
export function prepareConvolution<Geometry extends ConvolutionGeometry>(
  operator: WeightedOperator,
  geometry: Geometry,
  kernels: ConvolutionKernels<Geometry>,
): Step {
  switch (weightedKind(operator)) {
    case 'integer':
      return prepareInteger(operator, geometry, kernels)
    case 'wide':
      return prepareWide(operator, geometry, kernels)
    case 'float32':
      return prepareFloat32(operator, geometry, kernels)
    case 'hybrid':
      return prepareHybrid(operator, geometry, kernels)
  }
}

/** A convolution as an operator with weights. */
export function convolutionOperator(context: ConvolutionContext, channels: number): WeightedOperator {
  return {
    context,
    input: inputAt(context, 0),
    weights: inputAt(context, 1),
    bias: context.inputs[2],
    channels,
    activation: context.options.fusedActivationFunction,
  }
}

/** Shapes and options of a convolution. */
export function convolutionShapes(context: ConvolutionContext): Conv2dShapes {
  const { options } = context
  return {
    input: inputAt(context, 0).shape,
    filter: inputAt(context, 1).shape,
    output: outputAt(context).shape,
    padding: options.padding as Padding,
    strideHeight: options.strideH,
    strideWidth: options.strideW,
    dilationHeight: options.dilationHFactor,
    dilationWidth: options.dilationWFactor,
  }
}

function prepareInteger<Geometry extends ConvolutionGeometry>(
  operator: WeightedOperator,
  geometry: Geometry,
  { accumulate }: ConvolutionKernels<Geometry>,
): Step {
  const { context, input } = operator
  const [from, to] = [integerData(context, input), integerData(context, outputAt(context))]
  const { weights, bias, inputZeroPoint, requantization } = integerWeights(operator)
  const requantize = requantizer(requantization)
  const run = convolveInteger(geometry, accumulate(geometry, weights, bias), inputZeroPoint, requantize)
  return () => run(from, to)
}

function prepareWide<Geometry extends ConvolutionGeometry>(
  operator: WeightedOperator,
  geometry: Geometry,
  { accumulate }: ConvolutionKernels<Geometry>,
): Step {
  const { context, input } = operator
  const [from, to] = [integerData(context, input), integerData(context, outputAt(context))]
  const { weights, bias, requantization } = wideWeights(operator)
  const run = convolveInteger(
    geometry,
    accumulate(geometry, weights, bias),
    0,
    wideRequantizer(requantization),
  )
  return () => run(from, to)
}

function prepareFloat32<Geometry extends ConvolutionGeometry>(
  operator: WeightedOperator,
  geometry: Geometry,
  { float32 }: ConvolutionKernels<Geometry>,
): Step {
  const { context, input, weights, activation } = operator
  const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, outputAt(context), 'float32')]
  const run = float32({
    arithmetic: context.arithmetic,
    geometry,
    filter: dataAs(context, weights, 'float32'),
    bias: floatBias(operator),
    range: activationRange(activation),
  })
  return () => run(from, to)
}

/** XNNPACK, which takes all hybrid convolutions but depthwise ones, does not know symmetric inputs. */
const quantizedByXnnpack = ({ arithmetic, kind }: OperatorContext): boolean =>
  arithmetic === 'xnnpack' && kind !== 'DEPTHWISE_CONV_2D'

/** How images of a hybrid convolution are quantized, and its sums scaled. */
export function hybridConvolutionScaling(operator: WeightedOperator): HybridScaling {
  const { filterScales } = hybridWeights(operator)
  // TensorFlow Lite takes its per-tensor path, with symmetric inputs, whenever all scales are equal (spec section 9).
  const perTensor = filterScales.every((scale) => scale === filterScales[0])
  return {
    filterScales,
    bias: floatBias(operator),
    range: activationRange(operator.activation),
    inputQuantization: perTensor && !quantizedByXnnpack(operator.context) ? 'symmetric' : 'asymmetric',
  }
}

function prepareHybrid<Geometry extends ConvolutionGeometry>(
  operator: WeightedOperator,
  geometry: Geometry,
  { accumulate }: ConvolutionKernels<Geometry>,
): Step {
  const { context, input, channels } = operator
  const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, outputAt(context), 'float32')]
  const { weights } = hybridWeights(operator)
  const run = convolveHybrid(
    geometry,
    accumulate(geometry, weights, new Int32Array(channels)),
    hybridConvolutionScaling(operator),
  )
  return () => run(from, to)
}
