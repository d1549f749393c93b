import type { BuiltinOptions, Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'
import type { GraphBuilder } from '../model-builder.ts'

/** Frames of sound through two LSTMs, whose states go from call to call. LiteRT's package refuses variable tensors. */
export const denoiser: Family = {
  ...{ name: 'LSTM denoiser with state', model, inLiteRt: false },
  float: ['UNIDIRECTIONAL_SEQUENCE_LSTM'],
}

const [steps, bands] = [5, 8]

const options: BuiltinOptions = {
  ...{ kind: 'UnidirectionalSequenceLSTMOptions', fusedActivationFunction: 'TANH', timeMajor: false },
  ...{ cellClip: 0, projClip: 0, asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
}

/** An LSTM with four gates, without peepholes or projection. */
function remember(g: GraphBuilder, input: number, name: string, depth: number, units: number): number {
  const gates = (part: string, shape: readonly number[]): readonly number[] =>
    ['input', 'forget', 'cell', 'output'].map((gate) => g.weights(`${name} ${gate} ${part}`, shape))
  const operands = [
    ...[input, ...gates('weights', [units, depth]), ...gates('recurrent weights', [units, units])],
    ...[-1, -1, -1, ...gates('bias', [units]), -1, -1],
    ...['output', 'cell'].map((state) => g.state(`${name} ${state} state`, [1, units])),
  ]
  return g.add('UNIDIRECTIONAL_SEQUENCE_LSTM', operands, [[name, [1, steps, units]]], options)[0]!
}

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const frames = g.input('frames', [1, steps, bands])
  const first = remember(g, frames, 'first', bands, 32)
  const second = remember(g, first, 'second', 32, 16)
  g.finish([connect(g, second, { name: 'mask', depth: 16, shape: [1, steps, bands] })])
  return finish()
}
