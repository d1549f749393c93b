import type { Range } from '@quantrx/core'
import { operatorKind, optionsOf } from '@quantrx/tflite'
import type { Operator } from '@quantrx/tflite'
import type { GraphView } from './graph-view.ts'
import { activationsOf } from './suitability.ts'
import type { Suitability } from './suitability.ts'
import { negligibleBelow } from './negligible-scores.ts'

/** What masks in front of SOFTMAX ask for. */
export interface MaskedScores {
  /** Ranges by tensor index, narrower than those calibrated. */
  readonly ranges: ReadonlyMap<number, Range>
  /** Positions of operators that compute masks: their numbers are too large for integers beside those of scores. */
  readonly makers: ReadonlySet<number>
}

/** Scores and what hides some of them, in front of one SOFTMAX. */
interface Masking {
  readonly scores: Range
  readonly mask: number
  /** What hides where it hides nothing: its largest number, 0 as a rule. */
  readonly open: number
  /** Of what is subtracted rather than added, large numbers hide. */
  readonly subtracted: boolean
}

/** How far down a mask has to reach, its sign changed where it is subtracted, and for how many operators. */
interface Wanted {
  readonly low: number
  readonly uses: number
  readonly subtracted: boolean
}

/** Tells how far down a tensor has to reach. */
type Want = (index: number, low: number, subtracted: boolean) => void

/**
 * Finds masks: numbers such as -1e9 that are added to scores or chosen in their place, or 1e9 that is subtracted, so that SOFTMAX
 * makes 0 of them. A range that holds them leaves one integer to all scores. Any number that is far enough below the smallest
 * score does the same.
 */
export function maskedScores(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  rangeOf: (index: number) => Range | undefined,
): MaskedScores {
  const ranges = new Map<number, Range>()
  const wanted = new Map<number, Wanted>()
  const want: Want = (index, low, subtracted) => {
    const known = wanted.get(index) ?? { low, uses: 0, subtracted }
    // Whoever adds and subtracts it gets it as it is.
    const both = known.subtracted === subtracted ? Math.min(low, known.low) : -Infinity
    wanted.set(index, { low: both, uses: known.uses + 1, subtracted })
  }
  graph.operators.forEach((softmax, at) => {
    const form = suitabilities[at]
    if (form?.kind !== 'integer' || operatorKind(graph.model, softmax) !== 'SOFTMAX') return
    const distance = negligibleBelow(
      graph.shapeOf(softmax.inputs?.[0] ?? -1).at(-1) ?? 1,
      optionsOf(softmax, 'SOFTMAX').beta,
      form.activations,
    )
    const masked = sourceOf(graph, suitabilities, softmax.inputs?.[0] ?? -1)
    const [producer, whole] = [graph.operators[graph.producerOf(masked) ?? -1], rangeOf(masked)]
    if (producer === undefined || whole === undefined || graph.consumersOf(masked).length !== 1) return
    const masking = maskingOf(graph, producer, distance, rangeOf)
    if (masking === undefined) return
    const { scores, mask, open, subtracted } = masking
    const min = Math.max(whole.min, scores.min + open - distance)
    ranges.set(masked, { min, max: Math.max(min, whole.max) })
    want(mask, open - (scores.max - scores.min) - distance, subtracted)
  })
  return { ranges, makers: narrowMasks(graph, suitabilities, rangeOf, wanted, ranges, want) }
}

/** The tensor that operators which only move numbers made this one of, if nothing else uses it. */
function sourceOf(graph: GraphView, suitabilities: readonly Suitability[], index: number): number {
  const producer = graph.producerOf(index)
  const form = suitabilities[producer ?? -1]
  if (form?.kind !== 'integer' || form.rule.output.kind !== 'same-as-input') return index
  const source = activationsOf(graph.operators[producer!]!, form.rule)[0] ?? -1
  const alone = graph.consumersOf(index).length === 1 && graph.consumersOf(source).length === 1
  return alone ? sourceOf(graph, suitabilities, source) : index
}

/** Which operand of an operator hides which, if one does. */
function maskingOf(
  graph: GraphView,
  operator: Operator,
  distance: number,
  rangeOf: (index: number) => Range | undefined,
): Masking | undefined {
  const kind = operatorKind(graph.model, operator)
  const [chooses, subtracts] = [kind === 'SELECT' || kind === 'SELECT_V2', kind === 'SUB']
  if (!chooses && !subtracts && kind !== 'ADD') return undefined
  const operands = (operator.inputs ?? []).slice(chooses ? 1 : 0)
  return operands.flatMap((mask, at) => {
    const [stored, scores] = [rangeOf(mask), rangeOf(operands[1 - at] ?? -1)]
    if (stored === undefined || scores === undefined || (subtracts && at === 0)) return []
    const own = subtracts ? negative(stored) : stored
    const reach = 2 * (scores.max - scores.min + distance)
    // What is chosen hides wholly; what is added is its largest number where it hides nothing.
    const hides = chooses ? own.max < scores.min - reach : own.min < own.max - reach
    return hides ? [{ scores, mask, open: chooses ? 0 : own.max, subtracted: subtracts }] : []
  })[0]
}

const negative = ({ min, max }: Range): Range => ({ min: -max, max: -min })

/** Narrows the ranges of masks that nothing else uses, later operators first, back to what computes them. */
function narrowMasks(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  rangeOf: (index: number) => Range | undefined,
  wanted: ReadonlyMap<number, Wanted>,
  ranges: Map<number, Range>,
  want: Want,
): ReadonlySet<number> {
  const makers = new Set<number>()
  const narrow = (index: number): Wanted | undefined => {
    const [stored, mine] = [rangeOf(index), wanted.get(index)]
    if (stored === undefined || mine === undefined) return undefined
    const own = mine.subtracted ? negative(stored) : stored
    if (own.min >= mine.low || mine.low === -Infinity || graph.outputs.includes(index)) return undefined
    if (graph.consumersOf(index).length !== mine.uses) return undefined
    // Real numbers always include 0: it is what masks are made of.
    const range = { min: mine.low, max: Math.max(0, own.max) }
    ranges.set(index, mine.subtracted ? negative(range) : range)
    return mine
  }
  for (let at = graph.operators.length - 1; at >= 0; at--) {
    const operator = graph.operators[at]!
    const form = suitabilities[at]
    for (const output of operator.outputs ?? []) {
      const mine = narrow(output)
      if (mine === undefined || form?.kind !== 'integer') continue
      const moves =
        form.rule.output.kind === 'same-as-input' || form.rule.output.kind === 'inputs-same-as-output'
      if (!moves) makers.add(at)
      else for (const input of activationsOf(operator, form.rule)) want(input, mine.low, mine.subtracted)
    }
  }
  for (const index of wanted.keys()) if (graph.producerOf(index) === undefined) narrow(index)
  return makers
}
