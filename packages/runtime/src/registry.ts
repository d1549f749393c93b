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
 * Every operator kind that runs, with the type combinations it supports, sorted by name.
 *
 * @example
 * supportedOperators().find(({ kind }) => kind === 'ADD')?.supports
 */
export function supportedOperators(): readonly {
  readonly kind: BuiltinOperator
  readonly supports: readonly string[]
}[] {
  return [...byKind.values()]
    .map(({ kind, supports }) => ({ kind, supports }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
}
