import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorImplementation } from './operator.ts'
import * as implementations from './ops/index.ts'

const byKind = new Map<string, OperatorImplementation>(
  Object.values(implementations as unknown as Record<string, OperatorImplementation>).map(
    (implementation) => [implementation.kind, implementation],
  ),
)

/** The implementation of an operator kind, or undefined where there is none yet. */
export function implementationOf(kind: string): OperatorImplementation | undefined {
  return byKind.get(kind)
}

/**
 * Every operator kind that runs, with the type combinations it supports, whether there is generated code for some of them and
 * whether threads can share it; sorted by name.
 *
 * @example
 * supportedOperators().find(({ kind }) => kind === 'ADD')?.supports
 */
export function supportedOperators(): readonly {
  readonly kind: BuiltinOperator
  readonly supports: readonly string[]
  readonly generated: boolean
  readonly divides: boolean
}[] {
  return [...byKind.values()]
    .map(({ kind, supports, generate, divides = false }) => {
      return { kind, supports, generated: generate !== undefined, divides }
    })
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
}
