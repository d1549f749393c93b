import type { GraphView } from './graph-view.ts'
import { activationOutputsOf } from './suitability.ts'
import type { Suitability } from './suitability.ts'

/**
 * Leaves float what has no weights and only prepares the input of operators that stay float, such as everything before the
 * Fourier transform of a spectrogram: as integers it would become real again at once, and lose accuracy for nothing. Where no
 * operator has integer weights, the rest is all that could be quantized, and is.
 */
export function withoutDetours(
  graph: GraphView,
  suitabilities: readonly Suitability[],
): readonly Suitability[] {
  if (!suitabilities.some(hasWeights)) return suitabilities
  const settled = [...suitabilities]
  const isFloat = (at: number): boolean => {
    const suitable = settled[at]
    return suitable?.kind === 'float' && suitable.computes
  }
  for (let at = settled.length - 1; at >= 0; at--)
    if (isDetour(graph, settled, at, isFloat)) settled[at] = { kind: 'float', reason, computes: true }
  return settled.map((suitable, at) =>
    looksAtNothing(suitable) && madeByAny(graph, at, isFloat) ? { kind: 'unconcerned' } : suitable,
  )
}

const reason = 'it has no weights, and prepares the input of operators that stay float'

function isDetour(
  graph: GraphView,
  settled: readonly Suitability[],
  at: number,
  isFloat: (operator: number) => boolean,
): boolean {
  const suitable = settled[at]
  if (suitable?.kind !== 'integer' || hasWeights(suitable)) return false
  const outputs = activationOutputsOf(graph.operators[at]!, suitable.rule)
  const users = outputs.flatMap((output) => graph.consumersOf(output))
  const counted = users.filter((user) => !looksAtNothing(settled[user]))
  if (outputs.some((output) => graph.outputs.includes(output))) return false
  return counted.length > 0 && counted.every(isFloat)
}

function hasWeights(suitable: Suitability): boolean {
  if (suitable.kind !== 'integer') return false
  const { weights, coefficients, inner } = suitable.rule
  return weights !== undefined || coefficients !== undefined || inner !== undefined
}

const looksAtNothing = (suitable: Suitability | undefined): boolean =>
  suitable?.kind === 'integer' && suitable.rule.looksAtValues === false

function madeByAny(graph: GraphView, at: number, isFloat: (operator: number) => boolean): boolean {
  const producers = (graph.operators[at]?.inputs ?? []).map((index) => graph.producerOf(index))
  return producers.some((producer) => producer !== undefined && isFloat(producer))
}
