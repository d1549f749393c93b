import type { Random } from '@quantrx/core'
import { elementCount } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions } from '@quantrx/tflite'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'
import { oneOf } from './random-operators.conformance.ts'

/** A model of one recurrent operator: its operands by position, and the shapes that its outputs have. */
export interface RecurrentModel {
  readonly kind: BuiltinOperator
  readonly version: number
  /** The operator's inputs in its order; those left out are undefined, and those without data or state are the model's inputs. */
  readonly operands: readonly (Omit<TinyTensor, 'name'> | undefined)[]
  readonly options: BuiltinOptions
  readonly outputs: readonly Omit<TinyTensor, 'name'>[]
  readonly intermediates?: readonly Omit<TinyTensor, 'name'>[]
}

/** How a recurrent operator is drawn. */
export interface RecurrentOptions {
  /** Matrices of int8 with float32 activations. */
  readonly hybrid?: boolean
  /** Of the operator, for libraries that do not know the newest. */
  readonly version?: number
}

/** The file of a recurrent model. */
export function recurrentModel(described: RecurrentModel): Uint8Array {
  const { kind, version, operands, options, outputs, intermediates } = described
  const tensors: TinyTensor[] = []
  const add = (tensor: Omit<TinyTensor, 'name'>): number =>
    tensors.push({ name: `tensor ${tensors.length}`, ...tensor }) - 1
  const inputs = operands.map((operand) => (operand === undefined ? -1 : add(operand)))
  const produced = outputs.map(add)
  const inside = intermediates?.map(add)
  const given = inputs.filter((index) => {
    const tensor = tensors[index]
    return tensor !== undefined && tensor.data === undefined && tensor.variable !== true
  })
  const operator = {
    ...{ kind, inputs, outputs: produced, options },
    ...(inside === undefined ? {} : { intermediates: inside }),
  }
  const model = tinyModel(tensors, [operator], given, produced)
  const operatorCodes = (model.operatorCodes ?? []).map((code) => ({ ...code, version }))
  return writeModel({ ...model, operatorCodes })
}

/** A float32 constant of random values. */
export function reals(random: Random, shape: readonly number[], deviation = 0.5): Omit<TinyTensor, 'name'> {
  const data = Float32Array.from({ length: elementCount(shape) }, () => random.normal() * deviation)
  return { shape, data }
}

/** Weights: of float32, or of int8 with one scale. */
export function weights(
  random: Random,
  shape: readonly number[],
  { hybrid = false }: RecurrentOptions,
): Omit<TinyTensor, 'name'> {
  if (!hybrid) return reals(random, shape)
  const data = Int8Array.from({ length: elementCount(shape) }, () => random.integer(255) - 127)
  return { shape, data, type: 'INT8', scale: 0.002 + random.next() * 0.01 }
}

/** A state of float32. */
export const state = (...shape: readonly number[]): Omit<TinyTensor, 'name'> => ({ shape, variable: true })

/** Sizes and traits of a random LSTM. */
export function randomTraits(random: Random) {
  const [batches, steps, inputs, cells] = [1, 1, 2, 3].map((least) => least + random.integer(4))
  const projects = random.integer(2) === 1
  return {
    ...{ batches: batches!, steps: steps!, inputs: inputs!, cells: cells!, projects },
    outputs: projects ? 2 + random.integer(5) : cells!,
    ...{ coupled: random.integer(2) === 1, peepholes: random.integer(2) === 1 },
    ...{ normalizes: random.integer(2) === 1, timeMajor: random.integer(2) === 1 },
    ...{ cellClip: oneOf(random, 0, 0.6), projClip: oneOf(random, 0, 0.3) },
    asymmetric: random.integer(2) === 1,
  }
}

/** Weights, biases and projection of one direction of an LSTM: inputs 1 to 17. */
function lstmWeights(
  random: Random,
  { inputs, cells, outputs, ...traits }: ReturnType<typeof randomTraits>,
  options: RecurrentOptions,
) {
  const { coupled, peepholes, projects } = traits
  const gates = (make: () => Omit<TinyTensor, 'name'>) => [
    coupled ? undefined : make(),
    make(),
    make(),
    make(),
  ]
  const peephole = () => (peepholes ? weights(random, [cells], options) : undefined)
  return [
    ...gates(() => weights(random, [cells, inputs], options)),
    ...gates(() => weights(random, [cells, outputs], options)),
    ...[coupled ? undefined : peephole(), peephole(), peephole()],
    ...gates(() => reals(random, [cells])),
    projects ? weights(random, [outputs, cells], options) : undefined,
    projects && random.integer(2) === 1 ? reals(random, [outputs]) : undefined,
  ]
}

/** The shape of sequences of vectors. */
export const sequenceShape = (
  { batches, steps, timeMajor }: Pick<ReturnType<typeof randomTraits>, 'batches' | 'steps' | 'timeMajor'>,
  length: number,
): readonly number[] => (timeMajor ? [steps, batches, length] : [batches, steps, length])

/** How each recurrent operator is drawn. */
export const recurrentOperators: Readonly<
  Record<string, (random: Random, options: RecurrentOptions) => Omit<RecurrentModel, 'kind'>>
> = {
  UNIDIRECTIONAL_SEQUENCE_LSTM(random, options) {
    const traits = randomTraits(random)
    const { batches, inputs, cells, outputs, coupled, normalizes, timeMajor, asymmetric } = traits
    const factors = () => (normalizes ? reals(random, [cells]) : undefined)
    return {
      version: options.version ?? 3,
      operands: [
        { shape: sequenceShape(traits, inputs) },
        ...lstmWeights(random, traits, options),
        ...[state(batches, outputs), state(batches, cells)],
        ...[coupled ? undefined : factors(), factors(), factors(), factors()],
      ],
      options: {
        ...{ kind: 'UnidirectionalSequenceLSTMOptions', fusedActivationFunction: 'TANH' },
        ...{ cellClip: traits.cellClip, projClip: traits.projClip, timeMajor },
        ...{ asymmetricQuantizeInputs: asymmetric, diagonalRecurrentTensors: false },
      },
      outputs: [{ shape: sequenceShape(traits, outputs) }],
    }
  },
  LSTM(random, options) {
    const traits = { ...randomTraits(random), normalizes: false }
    const { batches, inputs, cells, outputs, asymmetric } = traits
    return {
      version: options.version ?? 4,
      operands: [
        { shape: [batches, inputs] },
        ...lstmWeights(random, traits, options),
        ...[state(batches, outputs), state(batches, cells)],
      ],
      options: {
        ...{ kind: 'LSTMOptions', fusedActivationFunction: 'TANH', kernelType: 'FULL' },
        ...{ cellClip: traits.cellClip, projClip: traits.projClip, asymmetricQuantizeInputs: asymmetric },
      },
      outputs: [{ shape: [batches, outputs] }],
    }
  },
  BIDIRECTIONAL_SEQUENCE_LSTM(random, options) {
    const drawn = randomTraits(random)
    const mergeOutputs = random.integer(2) === 1
    // With both, TensorFlow Lite looks for the state of a batch where that of another is.
    const traits = { ...drawn, timeMajor: drawn.timeMajor || mergeOutputs }
    const { batches, inputs, cells, outputs, timeMajor, asymmetric } = traits
    const states = [state(batches, outputs), state(batches, cells)]
    return {
      version: options.version ?? 3,
      operands: [
        { shape: sequenceShape(traits, inputs) },
        ...lstmWeights(random, traits, options),
        ...lstmWeights(random, traits, options),
        ...[...states, ...states],
        ...Array<undefined>(9).fill(undefined),
      ],
      options: {
        ...{ kind: 'BidirectionalSequenceLSTMOptions', fusedActivationFunction: 'TANH', mergeOutputs },
        ...{ cellClip: traits.cellClip, projClip: traits.projClip, timeMajor },
        asymmetricQuantizeInputs: asymmetric,
      },
      outputs: mergeOutputs
        ? [{ shape: sequenceShape(traits, 2 * outputs) }]
        : [{ shape: sequenceShape(traits, outputs) }, { shape: sequenceShape(traits, outputs) }],
    }
  },
  RNN(random, options) {
    const { batches, inputs, cells: units, asymmetric } = randomTraits(random)
    return {
      version: options.version ?? 3,
      operands: [{ shape: [batches, inputs] }, ...recurrentWeights(random, inputs, units, batches, options)],
      options: {
        ...{ kind: 'RNNOptions', fusedActivationFunction: oneOf(random, 'TANH', 'RELU', 'NONE') },
        asymmetricQuantizeInputs: asymmetric,
      },
      outputs: [{ shape: [batches, units] }],
    }
  },
  UNIDIRECTIONAL_SEQUENCE_RNN(random, options) {
    const traits = randomTraits(random)
    const { batches, inputs, cells: units, timeMajor, asymmetric } = traits
    return {
      version: options.version ?? 3,
      operands: [
        { shape: sequenceShape(traits, inputs) },
        ...recurrentWeights(random, inputs, units, batches, options),
      ],
      options: {
        ...{ kind: 'SequenceRNNOptions', timeMajor, asymmetricQuantizeInputs: asymmetric },
        fusedActivationFunction: oneOf(random, 'TANH', 'RELU6'),
      },
      outputs: [{ shape: sequenceShape(traits, units) }],
    }
  },
  BIDIRECTIONAL_SEQUENCE_RNN(random, options) {
    const traits = randomTraits(random)
    const { batches, inputs, cells: units, timeMajor, asymmetric } = traits
    const mergeOutputs = random.integer(2) === 1
    return {
      version: options.version ?? 3,
      operands: [
        { shape: sequenceShape(traits, inputs) },
        ...recurrentWeights(random, inputs, units, batches, options),
        ...recurrentWeights(random, inputs, units, batches, options),
        ...[undefined, undefined, undefined],
      ],
      options: {
        ...{ kind: 'BidirectionalSequenceRNNOptions', timeMajor, mergeOutputs },
        ...{ fusedActivationFunction: 'TANH', asymmetricQuantizeInputs: asymmetric },
      },
      outputs: mergeOutputs
        ? [{ shape: sequenceShape(traits, 2 * units) }]
        : [{ shape: sequenceShape(traits, units) }, { shape: sequenceShape(traits, units) }],
    }
  },
  SVDF(random, options) {
    const { batches, inputs, cells: units, steps: rank, asymmetric } = randomTraits(random)
    const [memory, filters] = [2 + random.integer(5), units * rank]
    return {
      version: options.version ?? 4,
      operands: [
        { shape: [batches, inputs] },
        ...[weights(random, [filters, inputs], options), weights(random, [filters, memory], options)],
        random.integer(2) === 1 ? reals(random, [units]) : undefined,
        state(batches, memory * filters),
      ],
      options: {
        ...{ kind: 'SVDFOptions', rank, asymmetricQuantizeInputs: asymmetric },
        fusedActivationFunction: oneOf(random, 'NONE', 'RELU'),
      },
      outputs: [{ shape: [batches, units] }],
    }
  },
}

/** Weights, bias and state of one direction of a simple recurrent network. */
function recurrentWeights(
  random: Random,
  inputs: number,
  units: number,
  batches: number,
  options: RecurrentOptions,
) {
  return [
    weights(random, [units, inputs], options),
    weights(random, [units, units], options),
    reals(random, [units]),
    state(batches, units),
  ]
}
