import type { BuiltinOptions } from '@quantrx/tflite'
import type { GraphBuilder } from './model-builder.ts'

/** An LSTM on `[1, steps, depth]`, or on `[steps, 1, depth]` where time comes first. */
export interface LstmLayer {
  readonly name: string
  readonly steps: number
  readonly depth: number
  readonly units: number
  /** Length of what it puts out, where it projects its cells. */
  readonly projection?: number
  readonly projectionBias?: boolean
  /** Takes in what it does not keep. */
  readonly coupled?: boolean
  readonly peepholes?: boolean
  readonly normalized?: boolean
  readonly timeMajor?: boolean
  readonly cellClip?: number
}

/** Adds an LSTM of random weights, whose states are variables. */
export function remember(g: GraphBuilder, input: number, layer: LstmLayer): number {
  const { name, steps, depth, units, projection, timeMajor = false, cellClip = 0 } = layer
  const { coupled = false, peepholes = false, normalized = false, projectionBias = false } = layer
  const outputs = projection ?? units
  const gates = (part: string, shape: readonly number[], present = true): readonly number[] =>
    ['input', 'forget', 'cell', 'output'].map((gate) =>
      present && !(coupled && gate === 'input') ? g.weights(`${name} ${gate} ${part}`, shape) : -1,
    )
  const [ofInput, ofForget, , ofOutput] = gates('peephole', [units], peepholes)
  const operands = [
    ...[input, ...gates('weights', [units, depth]), ...gates('recurrent weights', [units, outputs])],
    ...[ofInput!, ofForget!, ofOutput!, ...gates('bias', [units])],
    projection === undefined ? -1 : g.weights(`${name} projection`, [outputs, units]),
    projectionBias ? g.weights(`${name} projection bias`, [outputs]) : -1,
    g.state(`${name} output state`, [1, outputs]),
    g.state(`${name} cell state`, [1, units]),
    ...(normalized ? gates('normalization', [units]) : []),
  ]
  const options: BuiltinOptions = {
    ...{ kind: 'UnidirectionalSequenceLSTMOptions', fusedActivationFunction: 'TANH', timeMajor },
    ...{ cellClip, projClip: 0, asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
  }
  const shape = timeMajor ? [steps, 1, outputs] : [1, steps, outputs]
  return g.add('UNIDIRECTIONAL_SEQUENCE_LSTM', operands, [[name, shape]], options)[0]!
}

/** An SVDF on `[1, depth]`. */
export interface SvdfLayer {
  readonly name: string
  readonly depth: number
  readonly units: number
  readonly rank: number
  readonly memory: number
  readonly bias?: boolean
}

/** Adds an SVDF of random weights. */
export function rememberFeatures(g: GraphBuilder, input: number, layer: SvdfLayer): number {
  const { name, depth, units, rank, memory, bias = true } = layer
  const operands = [
    ...[input, g.weights(`${name} features`, [units * rank, depth])],
    g.weights(`${name} time`, [units * rank, memory]),
    bias ? g.weights(`${name} bias`, [units]) : -1,
    g.state(`${name} state`, [1, memory * units * rank]),
  ]
  const options: BuiltinOptions = {
    ...{ kind: 'SVDFOptions', rank, fusedActivationFunction: 'RELU', asymmetricQuantizeInputs: false },
  }
  return g.add('SVDF', operands, [[name, [1, units]]], options)[0]!
}
