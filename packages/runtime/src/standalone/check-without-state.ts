import { UnsupportedError } from '@quantrx/core'
import type { Graph } from '../graph.ts'
import { variablesOf } from '../variables.ts'

/**
 * Checks that a graph has no variables: a module that stands alone has nothing that would reset them.
 *
 * @throws UnsupportedError naming the variables.
 */
export function checkWithoutState({ operators }: Graph): void {
  const variables = variablesOf(operators)
  if (variables.length === 0) return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: variables.map(({ name, index }) => `tensors[${index}] ${name}`).join(', '),
    found: 'variables, which keep their values from run to run',
    expected: 'a standalone module without state',
    nextStep: 'Run this model with the library, whose programs have reset()',
  })
}
