import { denseModel, withBuiltinOperators } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { checkSubgraph } from './check-subgraph.ts'
import type { CheckOptions, CheckedOperator, CheckedSubgraph } from './check-subgraph.ts'
import type { InnerLoop } from './inner-loop.ts'
import { leftOutOf } from './left-out-operators.ts'
import { namingOperator } from './naming-operator.ts'
import type { BoundKernel, FloatProducts } from './operator.ts'
import { sharesFor } from './threads/shares-for.ts'

/** What decides which kernels a graph gets. */
export interface GraphOptions extends Omit<CheckOptions, 'leftOut'> {
  readonly innerLoop: InnerLoop
  /** Exact by default. */
  readonly floatProducts?: FloatProducts
  /** True for weights no larger than in the model, as {@link GenerateOptions} has it. */
  readonly compactWeights?: boolean
  /** How many threads share the operators that are worth it. */
  readonly threads?: number
  /** Whether 128-bit operations that stand side by side are to become 256-bit ones. */
  readonly turbo?: boolean
  /** Whether operators that cannot run are left out, and all that needs them. */
  readonly leavesOut?: boolean
}

/** An operator with its kernels: one, one for each share, or none where the reference computes it. */
export interface GraphOperator extends CheckedOperator {
  readonly kernels: readonly BoundKernel[]
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
export function checkGraph(model: Model, options: GraphOptions): Graph {
  const plain = plainModel(model, options)
  const checked = checkSubgraph(plain, { ...options, ...leftOutOption(plain, options) })
  const operators = checked.operators.map((operator) => ({
    ...operator,
    kernels: namingOperator(operator, () => generate(operator, options)),
  }))
  return { ...checked, operators }
}

function leftOutOption(
  model: Model,
  { leavesOut = false, subgraph, customOperators = {} }: GraphOptions,
): Pick<CheckOptions, 'leftOut'> {
  if (!leavesOut) return {}
  return { leftOut: new Set(leftOutOf(model, subgraph, customOperators).map(({ index }) => index)) }
}

/** The model without sparse tensors, and without custom operators that are builtin ones by another name. */
const plainModel = (model: Model, { customOperators = {} }: GraphOptions): Model =>
  denseModel(withBuiltinOperators(model, Object.keys(customOperators)))

function generate(
  { implementation, context, runs }: CheckedOperator,
  { innerLoop, floatProducts = 'exact', threads = 1, ...given }: GraphOptions,
): readonly BoundKernel[] {
  if (innerLoop === 'reference' || runs !== 'always') return []
  const { compactWeights = false, turbo = false } = given
  const options = { innerLoop, floatProducts, compactWeights, turbo } as const
  if (threads > 1 && implementation.divides === true) {
    const shares = sharesFor(context, threads)
    const kernels = shares.flatMap((share) => implementation.generate?.(context, { ...options, share }) ?? [])
    if (kernels.length > 0 && kernels.length === shares.length) return kernels
  }
  const kernel = implementation.generate?.(context, options)
  return kernel === undefined ? [] : [kernel]
}
