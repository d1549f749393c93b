import type { Model } from '@quantrx/tflite'

/**
 * Subgraphs that operators run, as IF, WHILE and CALL_ONCE do: their options name them. Their inputs and outputs stay as
 * they are, so that caller and callee agree.
 */
export function calledSubgraphs({ subgraphs = [] }: Model): ReadonlySet<number> {
  const options = subgraphs.flatMap(({ operators = [] }) =>
    operators.flatMap(({ builtinOptions, builtinOptions2 }) => [builtinOptions ?? {}, builtinOptions2 ?? {}]),
  )
  return new Set(
    options.flatMap((each) =>
      Object.entries(each).flatMap(([name, value]) =>
        /SubgraphIndex$|^subgraph$/.test(name) && typeof value === 'number' ? [value] : [],
      ),
    ),
  )
}
