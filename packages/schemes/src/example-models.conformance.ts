import { seededRandom } from '@quantrx/core'
import type { Calibration, Shape } from '@quantrx/core'
import { builtinCodeFields, constantBytes } from '@quantrx/tflite'
import type { Buffer, BuiltinOperator, BuiltinOptions, Model, Operator, Tensor } from '@quantrx/tflite'

/** Builds small float models for tests, tensor by tensor and operator by operator. */
export function modelBuilder() {
  const random = seededRandom(11)
  const tensors: Tensor[] = []
  const buffers: Buffer[] = [{ offset: 0n, size: 0n }]
  const operators: Operator[] = []
  const kinds: string[] = []
  const tensor = (name: string, shape: Shape, buffer = 0, type: Tensor['type'] = 'FLOAT32'): number =>
    tensors.push({ name, shape, type, buffer, isVariable: false, hasRank: false, externalBuffer: 0 }) - 1
  const bytes = (data: Float32Array | Int32Array): number =>
    buffers.push({ data: new Uint8Array(data.buffer), offset: 0n, size: 0n }) - 1
  const constant = (name: string, shape: Shape): number => {
    const length = shape.reduce((product, size) => product * size, 1)
    return tensor(name, shape, bytes(Float32Array.from({ length }, () => random.normal())))
  }
  const values = (name: string, ...data: number[]): number =>
    tensor(name, [data.length], bytes(Float32Array.from(data)))
  const integers = (name: string, ...values: number[]): number =>
    tensor(name, [values.length], bytes(Int32Array.from(values)), 'INT32')
  const add = (
    kind: BuiltinOperator,
    inputs: readonly number[],
    name: string,
    shape: Shape,
    options?: BuiltinOptions,
    type: Tensor['type'] = 'FLOAT32',
  ): number => {
    if (!kinds.includes(kind)) kinds.push(kind)
    const output = tensor(name, shape, 0, type)
    operators.push({
      ...{ opcodeIndex: kinds.indexOf(kind), inputs, outputs: [output], customOptionsFormat: 'FLEXBUFFERS' },
      ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
      ...(options === undefined ? {} : { builtinOptions: options }),
    })
    return output
  }
  const finish = (inputs: readonly number[], outputs: readonly number[]): Model => ({
    version: 3,
    operatorCodes: kinds.map((kind) => ({ ...builtinCodeFields(kind as BuiltinOperator), version: 1 })),
    subgraphs: [{ name: 'main', tensors, operators, inputs, outputs, debugMetadataIndex: -1 }],
    buffers,
    signatureDefs: [
      {
        signatureKey: 'serving_default',
        subgraphIndex: 0,
        inputs: inputs.map((tensorIndex) => ({ name: `in ${tensorIndex}`, tensorIndex })),
        outputs: outputs.map((tensorIndex) => ({ name: `out ${tensorIndex}`, tensorIndex })),
      },
    ],
  })
  return { tensor, constant, values, integers, add, finish }
}

export const conv2dOptions: BuiltinOptions = {
  ...{ kind: 'Conv2DOptions', padding: 'SAME', strideW: 1, strideH: 1, fusedActivationFunction: 'RELU6' },
  ...{ dilationWFactor: 1, dilationHFactor: 1, quantizedBiasType: 'FLOAT32' },
}
const depthwiseOptions: BuiltinOptions = {
  ...{ kind: 'DepthwiseConv2DOptions', padding: 'SAME', strideW: 1, strideH: 1, depthMultiplier: 1 },
  ...{ fusedActivationFunction: 'NONE', dilationWFactor: 1, dilationHFactor: 1 },
}
export const addOptions: BuiltinOptions = {
  kind: 'AddOptions',
  fusedActivationFunction: 'NONE',
  potScaleInt16: true,
}
const mulOptions: BuiltinOptions = { kind: 'MulOptions', fusedActivationFunction: 'NONE' }
const l2Options: BuiltinOptions = { kind: 'L2NormOptions', fusedActivationFunction: 'NONE' }
export const poolOptions: BuiltinOptions = {
  ...{ kind: 'Pool2DOptions', padding: 'VALID', strideW: 2, strideH: 2, filterWidth: 2, filterHeight: 2 },
  fusedActivationFunction: 'NONE',
}
const denseOptions: BuiltinOptions = {
  ...{
    kind: 'FullyConnectedOptions',
    fusedActivationFunction: 'NONE',
    weightsFormat: 'DEFAULT',
    keepNumDims: false,
  },
  ...{ asymmetricQuantizeInputs: false, quantizedBiasType: 'FLOAT32' },
}
export const concatenationOptions: BuiltinOptions = {
  kind: 'ConcatenationOptions',
  axis: 3,
  fusedActivationFunction: 'NONE',
}

type Builder = ReturnType<typeof modelBuilder>

const image = [1, 4, 4, 8]

function conv(
  builder: Builder,
  input: number,
  name: string,
  bias = builder.constant(`${name}/bias`, [8]),
): number {
  return builder.add(
    'CONV_2D',
    [input, builder.constant(`${name}/filter`, [8, 4, 4, 8]), bias],
    name,
    image,
    conv2dOptions,
  )
}

function network(): Model {
  const builder = modelBuilder()
  const { add, constant, integers, tensor, finish } = builder
  const input = tensor('input', image)
  const first = conv(builder, input, 'first')
  const depthwise = [first, constant('depthwise/filter', [1, 3, 3, 8]), constant('depthwise/bias', [8])]
  const second = add('DEPTHWISE_CONV_2D', depthwise, 'second', image, depthwiseOptions)
  const sum = add('ADD', [first, second], 'sum', image, addOptions)
  const pooled = add('AVERAGE_POOL_2D', [sum], 'pooled', [1, 2, 2, 8], poolOptions)
  const flat = add('RESHAPE', [pooled, integers('shape', 1, 32)], 'flat', [1, 32])
  const weights = [constant('dense/weights', [40, 32]), constant('dense/bias', [40])]
  const dense = add('FULLY_CONNECTED', [flat, ...weights], 'dense', [1, 40], denseOptions)
  return finish(
    [input],
    [add('SOFTMAX', [dense], 'probabilities', [1, 40], { kind: 'SoftmaxOptions', beta: 1 })],
  )
}

function concatenation(): Model {
  const builder = modelBuilder()
  const input = builder.tensor('input', image)
  const [free, used] = [conv(builder, input, 'free'), conv(builder, input, 'used')]
  const joined = builder.add('CONCATENATION', [free, used], 'joined', [1, 4, 4, 16], concatenationOptions)
  const other = builder.add('LOGISTIC', [used], 'other', image)
  return builder.finish([input], [joined, other])
}

function unsupported(): Model {
  const builder = modelBuilder()
  const input = builder.tensor('input', image)
  const wave = builder.add('COS', [conv(builder, input, 'before')], 'wave', image, {
    kind: 'CosOptions',
  })
  return builder.finish([input], [conv(builder, wave, 'after')])
}

function sharing(): Model {
  const builder = modelBuilder()
  const input = builder.tensor('input', image)
  const [bias, filter] = [builder.constant('bias', [8]), builder.constant('filter', [8, 4, 4, 8])]
  const first = builder.add('CONV_2D', [input, filter, bias], 'first', image, conv2dOptions)
  const second = builder.add('CONV_2D', [first, filter, bias], 'second', image, conv2dOptions)
  return builder.finish(
    [input],
    [builder.add('ADD', [second, second], 'twice', image, addOptions), first, input],
  )
}

/** Constants among activations, one of them in a concatenation, and a tensor that goes into one twice. */
function constants(): Model {
  const builder = modelBuilder()
  const { add, constant, values, tensor, finish } = builder
  const input = tensor('input', image)
  const first = conv(builder, input, 'first')
  const scaled = add('MUL', [first, values('factors', 1, 2, 3, 4, -5, 6, 7, 8)], 'scaled', image, mulOptions)
  const moved = add('ADD', [values('offset', 0.5), scaled], 'moved', image, addOptions)
  const parts = [moved, moved, constant('ones', image)]
  const joined = add('CONCATENATION', parts, 'joined', [1, 4, 4, 24], concatenationOptions)
  return finish([input], [add('TANH', [joined], 'bounded', [1, 4, 4, 24])])
}

/** Functions of one number, choices between two, and comparisons, which give booleans. */
function elementwise(): Model {
  const builder = modelBuilder()
  const { add, constant, values, tensor, finish } = builder
  const input = tensor('input', image)
  const unary = ['HARD_SWISH', 'RELU_N1_TO_1', 'ABS', 'EXP', 'LOG', 'GELU'] as const
  const functions = unary.reduce(
    (from, kind) => add(kind, [from], kind.toLowerCase(), image),
    conv(builder, input, 'first'),
  )
  const leaky = add('LEAKY_RELU', [functions], 'leaky', image, { kind: 'LeakyReluOptions', alpha: 0.125 })
  const slopes = add('PRELU', [leaky, constant('slopes', [1, 1, 8])], 'slopes/output', image)
  const distance = add('SQUARED_DIFFERENCE', [slopes, leaky], 'distance', image)
  const bounded = add(
    'MINIMUM',
    [add('MAXIMUM', [distance, leaky], 'larger', image), values('bound', 1)],
    'bounded',
    image,
  )
  const condition = add('GREATER', [bounded, leaky], 'condition', image, undefined, 'BOOL')
  const chosen = add('SELECT_V2', [condition, bounded, values('zero', 0)], 'chosen', image)
  const unit = add('L2_NORMALIZATION', [chosen], 'unit', image, l2Options)
  return finish([input], [add('LOG_SOFTMAX', [unit], 'logarithms', image)])
}

/** An operator that only its author knows, between convolutions. */
function custom(): Model {
  const model = unsupported()
  const codes = model.operatorCodes?.map((code) =>
    code.builtinCode === 'COS' ? { ...code, ...builtinCodeFields('CUSTOM'), customCode: 'Mine' } : code,
  )
  const subgraphs = model.subgraphs?.map((graph) => ({
    ...graph,
    operators: (graph.operators ?? []).map((operator) => {
      if (operator.builtinOptions?.kind !== 'CosOptions') return operator
      const { builtinOptions: _none, ...others } = operator
      return { ...others, customOptions: Uint8Array.of(7, 8, 9) }
    }),
  }))
  return { ...model, ...(codes && { operatorCodes: codes }), ...(subgraphs && { subgraphs }) }
}

function carried(): Model {
  const model = network()
  const [main] = model.subgraphs ?? []
  const identity = {
    name: 'body',
    tensors: [main!.tensors![0]!],
    inputs: [0],
    outputs: [0],
    operators: [],
    debugMetadataIndex: -1,
  }
  const buffers = [...(model.buffers ?? []), { data: Uint8Array.of(1, 2, 3), offset: 0n, size: 0n }]
  return {
    ...model,
    description: 'carried through',
    subgraphs: [main!, identity],
    buffers,
    metadata: [{ name: 'labels', buffer: buffers.length - 1 }],
    trailing: Uint8Array.of(80, 75, 3, 4),
  }
}

/** Small float models that together have what makes quantization hard. */
export const exampleModels: Readonly<Record<string, () => Model>> = {
  network,
  concatenation,
  unsupported,
  sharing,
  constants,
  elementwise,
  custom,
  carried,
}

/** A made-up calibration that knows a range for every float activation of the main subgraph. */
export function exampleCalibration(model: Model): Calibration<'example'> {
  const tensors = (model.subgraphs?.[0]?.tensors ?? []).flatMap((tensor, index) => {
    if (tensor.type !== 'FLOAT32' || constantBytes(model, tensor) !== undefined) return []
    return [
      { subgraph: 0, index, name: tensor.name ?? '', result: { min: -1 - index / 8, max: 2 + index / 4 } },
    ]
  })
  return { kind: 'calibration', strategy: 'example', observer: 'made up', samples: 1, tensors }
}
