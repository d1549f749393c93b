import { calledSubgraphs, operatorCode, operatorKind, withBuiltinOperators } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import type { RunOptions } from './compile.ts'
import type { CustomOperators } from './custom/custom-operator.ts'
import { hasImplementation } from './custom/implementation-for.ts'
import { loadOperators } from './load-operators.ts'

/** An operator that does not run, since nothing here implements it, or since it needs what such a one computes. */
export interface LeftOutOperator {
  readonly subgraph: number
  /** Position in the subgraph. */
  readonly index: number
  readonly kind: string
  /** Indices of the tensors that it would compute. */
  readonly outputs: readonly number[]
  /** Why it does not run. */
  readonly reason: string
}

/**
 * The operators that programs leave out which run what they can, `unsupportedOperators: 'leave-out'`; none where all can run.
 *
 * @example
 * const left = await leftOutOperators(model)
 * console.log(left.map(({ index, kind, reason }) => `operators[${index}], ${kind}: ${reason}`))
 */
export async function leftOutOperators(
  given: Model,
  { customOperators = {} }: Pick<RunOptions, 'customOperators'> = {},
): Promise<readonly LeftOutOperator[]> {
  await loadOperators(given)
  const model = withBuiltinOperators(given, Object.keys(customOperators))
  const found = new Map<number, readonly LeftOutOperator[]>()
  return (model.subgraphs ?? []).flatMap((_, subgraph) => leftOutOf(model, subgraph, customOperators, found))
}

/**
 * Those of one subgraph; operators must have been loaded.
 *
 * @param found Those of subgraphs that have been looked through, so that none is again for each of its callers.
 */
export function leftOutOf(
  model: Model,
  subgraph: number,
  customOperators: CustomOperators,
  found = new Map<number, readonly LeftOutOperator[]>(),
): readonly LeftOutOperator[] {
  const known = found.get(subgraph)
  if (known !== undefined) return known
  // What runs itself meets none here: that is an error of its own.
  found.set(subgraph, [])
  const lost = new Map<number, string>()
  const obstacleOf = (operator: Operator): string | undefined => {
    if (!hasImplementation(model, operator, customOperators)) return missing(model, operator)
    const needed = operator.inputs?.find((input) => lost.has(input))
    if (needed !== undefined) return `needs what ${lost.get(needed)} computes, which does not run`
    const [inside] = calledSubgraphs(operator).flatMap((each) =>
      leftOutOf(model, each, customOperators, found),
    )
    return inside && `runs subgraph ${inside.subgraph}, whose ${inside.kind} does not run: ${inside.reason}`
  }
  const leftOut = (model.subgraphs?.[subgraph]?.operators ?? []).flatMap((operator, index) => {
    const kind = operatorKind(model, operator)
    const reason = obstacleOf(operator)
    if (reason === undefined) return []
    const { outputs = [] } = operator
    const first = operator.inputs?.map((input) => lost.get(input)).find((name) => name !== undefined)
    for (const output of outputs) lost.set(output, first ?? nameOf(model, operator, index, kind))
    return [{ subgraph, index, kind, outputs, reason }]
  })
  found.set(subgraph, leftOut)
  return leftOut
}

function missing(model: Model, operator: Operator): string {
  const kind = operatorKind(model, operator)
  return kind === 'CUSTOM'
    ? `no implementation of ${operatorCode(model, operator)?.customCode ?? ''} is registered`
    : `nothing here implements ${kind}`
}

function nameOf(model: Model, operator: Operator, index: number, kind: string): string {
  const custom = kind === 'CUSTOM' ? ` ${operatorCode(model, operator)?.customCode ?? ''}` : ''
  return `operators[${index}] (${kind}${custom})`
}
