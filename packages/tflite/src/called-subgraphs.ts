import type { Operator } from './types.ts'

/**
 * Indices of the subgraphs that an operator runs, as IF, WHILE and CALL_ONCE do: its options name them.
 *
 * @example
 * calledSubgraphs(model.subgraphs[0].operators[0]) // [1, 2], of an IF
 */
export function calledSubgraphs({ builtinOptions, builtinOptions2 }: Operator): readonly number[] {
  return [builtinOptions ?? {}, builtinOptions2 ?? {}].flatMap((options) =>
    Object.entries(options).flatMap(([name, value]) =>
      /SubgraphIndex$|^subgraph$/.test(name) && typeof value === 'number' ? [value] : [],
    ),
  )
}
