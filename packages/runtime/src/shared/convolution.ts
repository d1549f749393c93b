import { activationRange, convolveHybrid, convolveInteger } from '@quantrx/kernels'
import type { Accumulate, ActivationRange, Arithmetic, ConvolutionGeometry } from '@quantrx/kernels'
import type { Step } from '../operator.ts'
import { dataAs, integerData, outputAt } from './operands.ts'
import { floatBias, hybridWeights, integerWeights, weightedKind } from './weights.ts'
import type { WeightedOperator } from './weights.ts'

/** The kernels that tell one kind of convolution from another. */
export interface ConvolutionKernels<Geometry extends ConvolutionGeometry> {
  float32(parameters: {
    readonly arithmetic: Arithmetic
    readonly geometry: Geometry
    readonly filter: Float32Array
    readonly bias: Float32Array
    readonly range: ActivationRange
  }): (input: Float32Array, output: Float32Array) => void
  accumulate(geometry: Geometry, filter: Int16Array, bias: Int32Array): Accumulate
}

/** Prepares a convolution for the types of its operands. */
export function prepareConvolution<Geometry extends ConvolutionGeometry>(
  operator: WeightedOperator,
  geometry: Geometry,
  kernels: ConvolutionKernels<Geometry>,
): Step {
  const { context, input, weights: filter, channels, activation } = operator
  const output = outputAt(context)
  const kind = weightedKind(operator)
  if (kind === 'integer') {
    const [from, to] = [integerData(context, input), integerData(context, output)]
    const { weights, bias, inputZeroPoint, requantize } = integerWeights(operator)
    const accumulate = kernels.accumulate(geometry, weights, bias)
    const run = convolveInteger(geometry, accumulate, inputZeroPoint, requantize)
    return () => run(from, to)
  }
  const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
  const [bias, range] = [floatBias(operator), activationRange(activation)]
  if (kind === 'float32') {
    const { arithmetic } = context
    const weights = dataAs(context, filter, 'float32')
    const run = kernels.float32({ arithmetic, geometry, filter: weights, bias, range })
    return () => run(from, to)
  }
  const { weights, filterScales } = hybridWeights(operator)
  const accumulate = kernels.accumulate(geometry, weights, new Int32Array(channels))
  // TensorFlow Lite takes its per-tensor path, with symmetric inputs, whenever all scales are equal (spec section 9).
  const perTensor = filterScales.every((scale) => scale === filterScales[0])
  const inputQuantization = perTensor ? 'symmetric' : 'asymmetric'
  const run = convolveHybrid(geometry, accumulate, { filterScales, bias, range, inputQuantization })
  return () => run(from, to)
}
