import type { Range } from '@quantrx/core'
import { internalTensorIndex, optionsOf } from '@quantrx/tflite'
import { asymmetricParameters, symmetricParameters } from '../parameters/activation.ts'
import { biasScales, widenForBias } from '../parameters/bias.ts'
import { integerWeights, stored, symmetric } from '../plan/operator-weights.ts'
import type { StoredParameters } from '../plan/plan.ts'
import { innerObstacle, notCalibrated } from './inner-rule.ts'
import type { InnerFacts, InnerParameters } from './inner-rule.ts'

/** Positions of operands: those of the input gate, behind which those of the other gates stand, and the others. */
const [weights, recurrent, bias, normalization] = [1, 5, 12, 20]
const peepholes = [9, 10, 11]
const [projection, projectionBias, outputState, cellState] = [16, 17, 18, 19]
const gates = [0, 1, 2, 3]
const hidden = 4

/** Sums of gates that are not normalized have 12 fraction bits. */
const plainGate = symmetric('int16', [2 ** -12], 0)

/**
 * LSTM with int8 matrices of one scale each, an int8 state with the parameters of the output, cells in int16 with a scale that
 * is a power of two, and normalization and peepholes in int16. Follows spec section 8.
 */
export function lstmInside(facts: InnerFacts): InnerParameters {
  const { operator, rangeOf, output } = facts
  const { inputs = [] } = operator
  const has = (at: number): boolean => (inputs[at] ?? -1) >= 0
  const normalized = has(normalization + 1)
  const projected = has(projection)
  const reason = obstacle(facts, has)
  if (reason !== undefined) return { kind: 'float', reason }
  const inside = (position: number): Range | undefined => rangeOf(internalIndex(facts, position))
  const cells = rangeOf(inputs[cellState]!)
  const sums = gates.map((gate) => (normalized && has(weights + gate) ? inside(gate) : undefined))
  const what = projected ? inside(hidden) : undefined
  const missing = normalized && sums.some((range, gate) => range === undefined && has(weights + gate))
  if (cells === undefined || missing || (projected && what === undefined)) return notCalibrated
  // Without a projection, hidden values are the outputs.
  const shown = what === undefined ? output : asymmetricParameters(what)
  return {
    kind: 'integer',
    operands: {
      ...matrices(facts, has, normalized),
      ...vectors(facts, has),
      ...(projected ? projectionOperands(facts, has, shown.scale) : {}),
      [outputState]: stored(output, 'int8'),
      [cellState]: symmetric('int16', [cellScale(cells)], 0),
    },
    intermediates: [
      ...sums.map((range) => (range === undefined ? plainGate : stored(symmetricParameters(range), 'int16'))),
      stored(shown, 'int8'),
    ],
  }
}

const internalIndex = ({ graph, index }: InnerFacts, position: number): number =>
  internalTensorIndex(graph.model.subgraphs?.[graph.subgraph] ?? { debugMetadataIndex: -1 }, index, position)

function obstacle(facts: InnerFacts, has: (at: number) => boolean): string | undefined {
  const { graph, operator } = facts
  const { inputs = [], builtinOptions } = operator
  if (inputs.length < 20) return 'the basic form of LSTM has no integer kernel here'
  const activation =
    builtinOptions !== undefined && 'fusedActivationFunction' in builtinOptions
      ? builtinOptions.fusedActivationFunction
      : 'NONE'
  if (activation !== 'TANH') return `the integer kernel has no activation ${activation}`
  if (optionsOf(operator, 'UNIDIRECTIONAL_SEQUENCE_LSTM').diagonalRecurrentTensors === true)
    return 'the integer kernel has no diagonal matrices'
  const batches = graph.shapeOf(inputs[cellState] ?? -1)[0]
  if (peepholes.some(has) && (has(projection) || batches !== 1))
    return 'the integer kernel reads peepholes in the wrong places beside a projection or other samples'
  const constants = inputs.map((_, at) => at).filter((at) => at > 0 && at !== outputState && at !== cellState)
  return innerObstacle(facts, constants.filter(has), [outputState, cellState])
}

/** Weights and biases of the gates. */
function matrices(
  { graph, operator: { inputs = [] }, input }: InnerFacts,
  has: (at: number) => boolean,
  normalized: boolean,
): Record<number, StoredParameters> {
  const operands: Record<number, StoredParameters> = {}
  for (const gate of gates.filter((each) => has(weights + each))) {
    const values = graph.floatConstant(inputs[bias + gate] ?? -1)
    const matrix = wholeMatrix(graph, inputs[weights + gate]!)
    const scales = normalized ? matrix.scales : widenForBias(matrix.scales, values, input.scale)
    operands[weights + gate] = { ...matrix, scales }
    operands[recurrent + gate] = wholeMatrix(graph, inputs[recurrent + gate]!)
    const factors = normalized ? vectorScale(graph, inputs[normalization + gate]!) : 0
    const biasScale = normalized ? [Math.fround(factors * 2 ** -10)] : biasScales(input.scale, scales)
    if (has(bias + gate)) operands[bias + gate] = symmetric('int32', biasScale, 0)
  }
  return operands
}

/** Peepholes and factors of normalized sums. */
function vectors(
  { graph, operator: { inputs = [] } }: InnerFacts,
  has: (at: number) => boolean,
): Record<number, StoredParameters> {
  const present = [...peepholes, ...gates.map((gate) => normalization + gate)].filter(has)
  return Object.fromEntries(
    present.map((at) => [at, symmetric('int16', [vectorScale(graph, inputs[at]!)], 0)]),
  )
}

function projectionOperands(
  { graph, operator: { inputs = [] } }: InnerFacts,
  has: (at: number) => boolean,
  hiddenScale: number,
): Record<number, StoredParameters> {
  const own = wholeMatrix(graph, inputs[projection]!)
  const values = graph.floatConstant(inputs[projectionBias] ?? -1)
  const matrix = { ...own, scales: widenForBias(own.scales, values, hiddenScale) }
  if (!has(projectionBias)) return { [projection]: matrix }
  const scales = biasScales(hiddenScale, matrix.scales)
  return { [projection]: matrix, [projectionBias]: symmetric('int32', scales, 0) }
}

const wholeMatrix = (graph: InnerFacts['graph'], tensor: number): StoredParameters =>
  integerWeights(graph, tensor, 0, { bits: 8, granularity: { kind: 'tensor' } })

function vectorScale(graph: InnerFacts['graph'], tensor: number): number {
  const values = graph.floatConstant(tensor) ?? new Float32Array()
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return symmetricParameters({ min: 0, max: largest }).scale
}

/** The scale at which int16 reaches the next power of two, of those that the kernel has: 2^-15 to 2^-9. */
function cellScale({ min, max }: Range): number {
  const largest = Math.max(Math.abs(min), Math.abs(max))
  let bound = 1
  while (bound < largest && bound < 64) bound *= 2
  return bound / 32768
}
