import type { Random } from '@quantrx/core'
import { elementCount } from '@quantrx/core'
import type { TinyTensor } from '../tiny-model.conformance.ts'
import { randomTraits, sequenceShape } from './recurrent-operators.conformance.ts'
import type { RecurrentModel } from './recurrent-operators.conformance.ts'

type Operand = Omit<TinyTensor, 'name'>

const scales = (random: Random, least: number, most: number): number =>
  Math.fround(least + random.next() * (most - least))

const matrix = (random: Random, ...shape: readonly number[]): Operand => ({
  ...{ shape, type: 'INT8', scale: scales(random, 0.002, 0.02) },
  data: Int8Array.from({ length: elementCount(shape) }, () => random.integer(255) - 127),
})

const vector16 = (random: Random, length: number, scale: number, least = -32767): Operand => ({
  ...{ shape: [length], type: 'INT16', scale },
  data: Int16Array.from({ length }, () => least + random.integer(32768 - least)),
})

const bias = (random: Random, length: number, largest = 4000): Operand => ({
  ...{ shape: [length], type: 'INT32' as const, scale: 1 },
  data: Int32Array.from({ length }, () => random.integer(2 * largest) - largest),
})

const int8 = (random: Random, shape: readonly number[]): Operand => ({
  ...{ shape, type: 'INT8', scale: scales(random, 0.004, 0.03), zeroPoint: random.integer(41) - 20 },
})

/** How integer recurrent operators are drawn. */
export const integerRecurrentOperators: Readonly<
  Record<string, (random: Random, version?: number) => Omit<RecurrentModel, 'kind'>>
> = {
  UNIDIRECTIONAL_SEQUENCE_LSTM(random) {
    const traits = randomTraits(random)
    const { inputs, outputs, timeMajor, cellClip, projClip } = traits
    return {
      ...integerLstm(random, traits, sequenceShape(traits, inputs), sequenceShape(traits, outputs)),
      version: 2,
      options: {
        ...{ kind: 'UnidirectionalSequenceLSTMOptions', fusedActivationFunction: 'TANH', timeMajor },
        ...{ cellClip, projClip, asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
      },
    }
  },
  LSTM(random) {
    const traits = { ...randomTraits(random), batches: 1 }
    const { inputs, outputs, cellClip, projClip } = traits
    return {
      ...integerLstm(random, traits, [1, inputs], [1, outputs]),
      version: 2,
      options: {
        ...{ kind: 'LSTMOptions', fusedActivationFunction: 'TANH', kernelType: 'FULL' },
        ...{ cellClip, projClip, asymmetricQuantizeInputs: false },
      },
    }
  },
  SVDF(random) {
    const { batches, inputs, cells: units, steps: rank } = randomTraits(random)
    const [memory, filters] = [2 + random.integer(5), units * rank]
    return {
      version: 3,
      operands: [
        int8(random, [batches, inputs]),
        matrix(random, filters, inputs),
        {
          ...vector16(random, filters * memory, scales(random, 0.0005, 0.002), -512),
          shape: [filters, memory],
        },
        random.integer(2) === 1 ? bias(random, units) : undefined,
        {
          ...{ shape: [batches, memory * filters], type: 'INT16', variable: true },
          scale: scales(random, 0.0001, 0.001),
        },
      ],
      options: {
        ...{ kind: 'SVDFOptions', rank, asymmetricQuantizeInputs: false, fusedActivationFunction: 'RELU' },
      },
      outputs: [int8(random, [batches, units])],
    }
  },
}

/** Operands, outputs and intermediates of an int8 LSTM. */
function integerLstm(
  random: Random,
  { batches, inputs, cells, outputs, ...traits }: ReturnType<typeof randomTraits>,
  inputShape: readonly number[],
  outputShape: readonly number[],
): Pick<RecurrentModel, 'operands' | 'outputs' | 'intermediates'> {
  const { coupled, normalizes, projects } = traits
  // With fewer outputs than cells, or several batches, TensorFlow Lite takes peepholes from beside their places.
  const peepholes = traits.peepholes && !projects
  const gates = (make: () => Operand | undefined) => [coupled ? undefined : make(), make(), make(), make()]
  const peephole = () => (peepholes ? vector16(random, cells, scales(random, 1e-5, 4e-5)) : undefined)
  const factors = () => (normalizes ? vector16(random, cells, scales(random, 1e-5, 4e-5)) : undefined)
  const output = int8(random, outputShape)
  const hidden = int8(random, [])
  const inside: Operand = { shape: [], type: 'INT16', scale: scales(random, 2e-4, 4e-4) }
  return {
    operands: [
      int8(random, inputShape),
      ...gates(() => matrix(random, cells, inputs)),
      ...gates(() => matrix(random, cells, outputs)),
      ...[coupled ? undefined : peephole(), peephole(), peephole()],
      ...gates(() => bias(random, cells)),
      projects ? matrix(random, outputs, cells) : undefined,
      projects && random.integer(2) === 1 ? bias(random, outputs) : undefined,
      { ...output, shape: [batches, outputs], variable: true },
      { shape: [batches, cells], type: 'INT16', scale: 2 ** -(9 + random.integer(6)), variable: true },
      ...gates(factors),
    ],
    outputs: [output],
    intermediates: [
      ...[inside, inside, inside, inside],
      projects ? hidden : { ...hidden, scale: output.scale!, zeroPoint: output.zeroPoint! },
    ],
  }
}

/**
 * The model for which releases such as 2.9 compute what later ones, and LiteRT, compute for the one that is given: where nothing is projected,
 * they subtracted the zero point of hidden values, which are the outputs then, instead of adding it.
 */
export function withOldHiddenZeroPoint(model: RecurrentModel): RecurrentModel {
  const { operands, intermediates } = model
  if (intermediates === undefined || operands[16] !== undefined) return model
  const negated = intermediates.map(({ zeroPoint, ...tensor }) =>
    zeroPoint === undefined ? tensor : { ...tensor, zeroPoint: -zeroPoint },
  )
  return { ...model, intermediates: negated }
}
