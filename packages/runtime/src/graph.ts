import type { Arithmetic } from '@quantrx/kernels'
import type { Model } from '@quantrx/tflite'
import { checkSubgraph } from './check-subgraph.ts'
import type { CheckedOperator, CheckedSubgraph } from './check-subgraph.ts'
import type { InnerLoop } from './inner-loop.ts'
import type { BoundKernel } from './operator.ts'

/** What decides which kernels a graph gets. */
export interface GraphOptions {
  readonly arithmetic: Arithmetic
  readonly subgraph: number
  readonly innerLoop: InnerLoop
}

/** An operator with its kernel, unless the reference computes it. */
export interface GraphOperator extends CheckedOperator {
  readonly kernel: BoundKernel | undefined
}

/** A graph whose operators are checked and have their kernels. */
export interface Graph extends CheckedSubgraph {
  readonly operators: readonly GraphOperator[]
}

/**
 * Checks a subgraph and gives its operators their kernels.
 *
 * @throws as {@link checkSubgraph} does.
 */
export function checkGraph(model: Model, { arithmetic, subgraph, innerLoop }: GraphOptions): Graph {
  const checked = checkSubgraph(model, subgraph, arithmetic)
  const operators = checked.operators.map((operator) => ({
    ...operator,
    kernel: generate(operator, innerLoop),
  }))
  return { ...checked, operators }
}

function generate(
  { implementation, context }: CheckedOperator,
  innerLoop: InnerLoop,
): BoundKernel | undefined {
  return innerLoop === 'reference'
    ? undefined
    : implementation.generate?.(context, { innerLoop, floatProducts: 'exact' })
}
