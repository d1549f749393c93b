import { UnsupportedError } from '@quantrx/core'
import type { Graph, GraphOperator } from '../graph.ts'

/**
 * Checks that every operator has generated code: a module that stands alone has no reference to fall back to.
 *
 * @throws UnsupportedError naming the operators that have none.
 */
export function checkGenerated({ operators }: Graph): void {
  const without = operators.filter(({ kernels, runs }) => kernels.length === 0 && runs !== 'never')
  if (without.length === 0) return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: without.map(({ index }) => `operators[${index}]`).join(', '),
    found: `${[...new Set(without.map(describe))].join(', ')} without generated code`,
    expected: 'generated code for every operator of a standalone module',
    nextStep:
      'Quantize the float model to int8, or run this one with the library, which computes such operators without generated code',
  })
}

/** Kind and types, which are what decides whether there is a generator. */
function describe({ kind, context: { inputs, outputs } }: GraphOperator): string {
  const [from, to] = [inputs, outputs].map((tensors) =>
    tensors.flatMap((tensor) => tensor?.type ?? []).join(' × '),
  )
  return `${kind} (${from} to ${to})`
}
