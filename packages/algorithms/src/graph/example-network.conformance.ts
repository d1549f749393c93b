import { seededRandom } from '@quantrx/core'
import type { Calibration, Opener, Range, Sample, Shape } from '@quantrx/core'
import { activationRunner, compile } from '@quantrx/runtime'
import { builtinCodeFields } from '@quantrx/tflite'
import type { Buffer, BuiltinOperator, BuiltinOptions, Model, Operator, Tensor } from '@quantrx/tflite'

const steps = { strideW: 1, strideH: 1, dilationWFactor: 1, dilationHFactor: 1, padding: 'SAME' } as const
const convolution = (fusedActivationFunction: 'RELU' | 'RELU6' | 'NONE'): BuiltinOptions => ({
  ...{ kind: 'Conv2DOptions', ...steps, fusedActivationFunction, quantizedBiasType: 'FLOAT32' },
})
const depthwise = (fusedActivationFunction: 'RELU' | 'RELU6'): BuiltinOptions => ({
  ...{ kind: 'DepthwiseConv2DOptions', ...steps, depthMultiplier: 1, fusedActivationFunction },
})
const dense: BuiltinOptions = {
  ...{ kind: 'FullyConnectedOptions', fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT' },
  ...{ keepNumDims: false, asymmetricQuantizeInputs: false, quantizedBiasType: 'FLOAT32' },
}
const pool: BuiltinOptions = {
  ...{ kind: 'Pool2DOptions', padding: 'VALID', strideW: 4, strideH: 4, filterWidth: 4, filterHeight: 4 },
  fusedActivationFunction: 'NONE',
}
const image = [1, 4, 4, 3]
const inner = [1, 4, 4, 6]

/**
 * A small network of the kinds that corrections are about: CONV_2D, DEPTHWISE_CONV_2D, CONV_2D, pooling, FULLY_CONNECTED,
 * SOFTMAX, with channels of very different sizes. Images of `[1, 4, 4, 3]`, five classes.
 */
export function exampleNetwork(activation: 'RELU' | 'RELU6' = 'RELU'): Model {
  const random = seededRandom(5)
  const tensors: Tensor[] = []
  const buffers: Buffer[] = [{ offset: 0n, size: 0n }]
  const operators: Operator[] = []
  const kinds: BuiltinOperator[] = []
  const tensor = (name: string, shape: Shape, buffer = 0, type: Tensor['type'] = 'FLOAT32'): number =>
    tensors.push({ name, shape, type, buffer, isVariable: false, hasRank: false, externalBuffer: 0 }) - 1
  const store = (data: Float32Array | Int32Array): number =>
    buffers.push({ data: new Uint8Array(data.buffer), offset: 0n, size: 0n }) - 1
  const constant = (name: string, shape: Shape, size: (at: number) => number): number => {
    const length = shape.reduce((product, each) => product * each, 1)
    return tensor(name, shape, store(Float32Array.from({ length }, (_, at) => size(at) * random.normal())))
  }
  const add = (
    kind: BuiltinOperator,
    inputs: readonly number[],
    name: string,
    shape: Shape,
    options: BuiltinOptions,
  ) => {
    if (!kinds.includes(kind)) kinds.push(kind)
    const output = tensor(name, shape)
    operators.push({
      ...{ opcodeIndex: kinds.indexOf(kind), inputs, outputs: [output], builtinOptions: options },
      ...{ customOptionsFormat: 'FLEXBUFFERS', largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
      debugMetadataIndex: -1,
    })
    return output
  }
  const weighted = (
    kind: BuiltinOperator,
    input: number,
    name: string,
    shape: Shape,
    weights: Shape,
    options: BuiltinOptions,
    size: (at: number) => number,
  ) => {
    const operands = [
      input,
      constant(`${name}/weights`, weights, size),
      constant(`${name}/bias`, [shape.at(-1)!], () => 0.3),
    ]
    return add(kind, operands, name, shape, options)
  }
  const input = tensor('image', image)
  // The channels of the first two layers differ by up to a factor of 32.
  const wide = (channel: number): number => 2 ** -(channel % 6)
  const first = weighted('CONV_2D', input, 'first', inner, [6, 3, 3, 3], convolution(activation), (at) =>
    wide(Math.floor(at / 27)),
  )
  const second = weighted(
    'DEPTHWISE_CONV_2D',
    first,
    'second',
    inner,
    [1, 3, 3, 6],
    depthwise(activation),
    (at) => wide((at % 6) * 2),
  )
  const third = weighted('CONV_2D', second, 'third', inner, [6, 1, 1, 6], convolution('RELU'), () => 0.5)
  const pooled = add('AVERAGE_POOL_2D', [third], 'pooled', [1, 1, 1, 6], pool)
  const scores = weighted('FULLY_CONNECTED', pooled, 'scores', [1, 5], [5, 6], dense, () => 1)
  const classes = add('SOFTMAX', [scores], 'classes', [1, 5], { kind: 'SoftmaxOptions', beta: 1 })
  return {
    version: 3,
    operatorCodes: kinds.map((kind) => ({ ...builtinCodeFields(kind), version: 1 })),
    subgraphs: [
      { name: 'main', tensors, operators, inputs: [input], outputs: [classes], debugMetadataIndex: -1 },
    ],
    buffers,
  }
}

/** Random images for {@link exampleNetwork}. */
export function exampleSamples(count: number, seed = 1): readonly Sample[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, index) => {
    // Neighbours are alike in images, as in this one colour with some noise.
    const colour = [random.normal(), random.normal(), random.normal()]
    const data = Float32Array.from({ length: 48 }, (_, at) => colour[at % 3]! + 0.2 * random.normal())
    return { index, inputs: [{ type: 'float32', shape: image, data }] }
  })
}

/** Opens samples that are in memory. */
export const opens = (samples: readonly Sample[]): Opener =>
  async function* () {
    await Promise.resolve()
    yield* samples
  }

/** The ranges of a model's tensors on samples, as `minMax` finds them. */
export async function exampleCalibration(model: Model, samples: readonly Sample[]): Promise<Calibration> {
  const found = new Map<number, Range & { readonly name: string }>()
  const run = activationRunner(await compile(model))
  for (const sample of samples) {
    run(sample, ({ tensor: { index, name }, values }) => {
      const { min, max } = found.get(index) ?? { min: Infinity, max: -Infinity }
      found.set(index, { name, min: Math.min(min, ...values), max: Math.max(max, ...values) })
    })
  }
  const tensors = [...found].map(([index, { name, ...result }]) => ({ subgraph: 0, index, name, result }))
  return { kind: 'calibration', strategy: 'example', observer: 'minmax', samples: samples.length, tensors }
}
