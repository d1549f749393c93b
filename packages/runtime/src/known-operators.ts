import type { OperatorImplementation } from './operator.ts'
import * as atHand from './operators-at-hand.ts'

const byKind = new Map<string, OperatorImplementation>()

/** Makes the operators of a module known. */
export function addOperators(implementations: object): void {
  for (const implementation of Object.values(implementations) as OperatorImplementation[])
    byKind.set(implementation.kind, implementation)
}

addOperators(atHand)

/** The implementation of an operator kind, or undefined where there is none or it is not loaded yet. */
export function knownOperator(kind: string): OperatorImplementation | undefined {
  return byKind.get(kind)
}

/** The kinds of all operators that are loaded, sorted. */
export const knownKinds = (): readonly string[] => [...byKind.keys()].sort()
