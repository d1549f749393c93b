import { operatorKind } from '@quantrx/tflite'
import { ruleOf } from '../rule-registry.ts'
import type { GraphView } from './graph-view.ts'
import type { Treatment } from './treatment.ts'

/** Which operators a rule is for: those that meet all that it says. */
export interface OperatorSelector {
  /** Kinds, such as `CONV_2D`. */
  readonly operators?: readonly string[]
  /** A regular expression that is found in the name of one of the outputs. */
  readonly tensors?: string
  /** Index of the subgraph. */
  readonly subgraph?: number
  /** Indices of tensors, of which one is an output. */
  readonly outputs?: readonly number[]
  /** The first or the last operator with weights of its subgraph, in execution order. */
  readonly position?: 'first' | 'last'
}

/** What becomes of the operators that all selectors choose. */
export interface SchemeRule {
  readonly where: readonly OperatorSelector[]
  readonly treatment: Treatment
}

/** The treatment of each operator of a graph: that of the last rule that is for it. */
export function treatmentsOf(graph: GraphView, rules: readonly SchemeRule[]): readonly Treatment[] {
  const kinds = graph.operators.map((operator) => operatorKind(graph.model, operator))
  const layers = kinds.flatMap((kind, at) => (ruleOf(kind)?.weights === undefined ? [] : [at]))
  const position = { first: layers[0], last: layers.at(-1) }
  const unmatched: Treatment = { kind: 'float', reason: 'no rule is for it' }
  const prepared = rules.map(({ where, treatment }) => ({
    treatment,
    where: where.map(({ tensors, ...selector }) => ({
      ...selector,
      pattern: tensors === undefined ? undefined : new RegExp(tensors, 'u'),
    })),
  }))
  return graph.operators.map(({ outputs = [] }, at) => {
    const names = outputs.map((output) => graph.nameOf(output))
    const last = prepared.findLast(({ where }) =>
      where.every(
        ({ operators, pattern, subgraph, outputs: some, position: end }) =>
          (operators?.includes(kinds[at] ?? '') ?? true) &&
          (pattern === undefined || names.some((name) => pattern.test(name))) &&
          (subgraph === undefined || subgraph === graph.subgraph) &&
          (some === undefined || outputs.some((output) => some.includes(output))) &&
          (end === undefined || position[end] === at),
      ),
    )
    return last?.treatment ?? unmatched
  })
}
