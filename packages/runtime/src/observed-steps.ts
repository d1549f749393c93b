import type { CheckedOperator } from './check-subgraph.ts'
import type { ObservedStep } from './operator.ts'

/** The step with a view inside of the operator at a position; undefined where there is none. */
export type ObservedSteps = (at: number) => ObservedStep | undefined

/** Steps with a view inside, prepared when they are first asked for: most programs are never observed. */
export function observedSteps(operators: readonly CheckedOperator[]): ObservedSteps {
  const prepared = new Map<number, ObservedStep | undefined>()
  return (at) => {
    const { implementation, context, runs } = operators[at]!
    if (implementation.observe === undefined || runs !== 'always') return undefined
    if (!prepared.has(at)) prepared.set(at, implementation.observe(context))
    return prepared.get(at)
  }
}
