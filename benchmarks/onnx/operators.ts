import { windowExtent } from '@quantrx/kernels'
import type { Padding } from '@quantrx/kernels'
import { constantBytes, optionsOf } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { channelsFirst } from './channels-first.ts'
import type { Attribute, OnnxConstant, OnnxNode } from './model-proto.ts'

/** What an operator becomes: its node, and the activation that TensorFlow Lite has in it and ONNX behind it. */
export interface Translation extends Pick<OnnxNode, 'operator' | 'inputs' | 'attributes'> {
  readonly activation?: string
}

/** A graph that is being translated. */
export interface Context {
  readonly model: Model
  /** Adds a constant and returns its name. */
  constant(data: OnnxConstant['data'], shape: readonly number[]): string
}

type Translate = (operator: Operator, context: Context) => Translation

/** Name of a tensor in the ONNX graph. */
export const tensorName = (index: number | undefined): string => `tensor ${index}`

/** The operators of the float models that are measured. */
export const translations: Readonly<Record<string, Translate>> = {
  CONV_2D(operator, context) {
    const { fusedActivationFunction: activation, ...options } = optionsOf(operator, 'CONV_2D')
    const { values, shape } = weightsOf(operator, 1, context)
    const [outputs = 1, height = 1, width = 1, inputs = 1] = shape
    const weights = context.constant(channelsFirst(values, shape), [outputs, inputs, height, width])
    return {
      operator: 'Conv',
      inputs: [tensorName(operator.inputs?.[0]), weights, biasOf(operator, context)],
      attributes: window(operator, context, [height, width], options),
      activation,
    }
  },
  DEPTHWISE_CONV_2D(operator, context) {
    const { fusedActivationFunction: activation, ...options } = optionsOf(operator, 'DEPTHWISE_CONV_2D')
    const { values, shape } = weightsOf(operator, 1, context)
    const [, height = 1, width = 1, outputs = 1] = shape
    // A filter of one input channel for each output channel.
    const weights = context.constant(channelsFirst(values, shape), [outputs, 1, height, width])
    const group = shapeOf(context, operator.inputs?.[0])[3] ?? 1
    return {
      operator: 'Conv',
      inputs: [tensorName(operator.inputs?.[0]), weights, biasOf(operator, context)],
      attributes: { ...window(operator, context, [height, width], options), group },
      activation,
    }
  },
  AVERAGE_POOL_2D(operator, context) {
    const options = optionsOf(operator, 'AVERAGE_POOL_2D')
    const { fusedActivationFunction: activation, filterHeight, filterWidth } = options
    const inputs = [tensorName(operator.inputs?.[0])]
    const attributes = window(operator, context, [filterHeight, filterWidth], options)
    return { operator: 'AveragePool', inputs, attributes, activation }
  },
  FULLY_CONNECTED(operator, context) {
    const { values, shape } = weightsOf(operator, 1, context)
    const weights = context.constant(values, shape)
    return {
      operator: 'Gemm',
      inputs: [tensorName(operator.inputs?.[0]), weights, biasOf(operator, context)],
      attributes: { transB: 1 },
      activation: optionsOf(operator, 'FULLY_CONNECTED').fusedActivationFunction,
    }
  },
  ADD: (operator) => ({
    operator: 'Add',
    inputs: (operator.inputs ?? []).map(tensorName),
    activation: optionsOf(operator, 'ADD').fusedActivationFunction,
  }),
  RESHAPE: flatten,
  SQUEEZE: flatten,
  SOFTMAX: (operator) => ({
    operator: 'Softmax',
    inputs: [tensorName(operator.inputs?.[0])],
    attributes: { axis: 1 },
  }),
}

/** Values lie in the same order, channels first or last, only where height and width are 1. */
function flatten(operator: Operator, context: Context): Translation {
  const [, height, width] = shapeOf(context, operator.inputs?.[0])
  if (height !== 1 || width !== 1) throw new Error('ONNX: only one position can be flattened')
  const shape = shapeOf(context, operator.outputs?.[0])
  const wanted = context.constant(BigInt64Array.from(shape, BigInt), [shape.length])
  return { operator: 'Reshape', inputs: [tensorName(operator.inputs?.[0]), wanted] }
}

function shapeOf({ model }: Context, index: number | undefined): readonly number[] {
  return model.subgraphs?.[0]?.tensors?.[index ?? -1]?.shape ?? []
}

function weightsOf(operator: Operator, at: number, context: Context) {
  const tensor = context.model.subgraphs?.[0]?.tensors?.[operator.inputs?.[at] ?? -1]
  const bytes = tensor && constantBytes(context.model, tensor)
  if (bytes === undefined) throw new Error(`ONNX: operand ${at} is not constant`)
  return { values: new Float32Array(bytes.slice().buffer), shape: tensor?.shape ?? [] }
}

function biasOf(operator: Operator, context: Context): string {
  const { values, shape } = weightsOf(operator, 2, context)
  return context.constant(values, shape)
}

interface WindowOptions {
  readonly padding: string
  readonly strideH: number
  readonly strideW: number
  readonly dilationHFactor?: number
  readonly dilationWFactor?: number
}

/** How a window moves over the first operand, with the padding in numbers. */
function window(
  operator: Operator,
  context: Context,
  filter: readonly [number, number],
  { padding, strideH, strideW, dilationHFactor = 1, dilationWFactor = 1 }: WindowOptions,
): Readonly<Record<string, Attribute>> {
  const [, ...sizes] = shapeOf(context, operator.inputs?.[0])
  const [strides, dilations] = [
    [strideH, strideW],
    [dilationHFactor, dilationWFactor],
  ]
  const extents = filter.map((size, axis) => {
    const [input, stride, dilation] = [sizes[axis]!, strides[axis]!, dilations[axis]!]
    const { before, outputs } = windowExtent(padding as Padding, input, size, stride, dilation)
    const covered = (outputs - 1) * stride + (size - 1) * dilation + 1
    return { before, after: Math.max(0, covered - input - before) }
  })
  return {
    kernel_shape: filter,
    strides,
    ...(dilations.some((dilation) => dilation > 1) ? { dilations } : {}),
    pads: [...extents.map(({ before }) => before), ...extents.map(({ after }) => after)],
  }
}
