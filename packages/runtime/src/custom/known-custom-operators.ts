import type { CustomOperator } from './custom-operator.ts'

const byName = new Map<string, CustomOperator>()

/** Makes the custom operators of a module known. */
export function addCustomOperators(operators: object): void {
  for (const { name, ...operator } of Object.values(operators) as (CustomOperator & { name: string })[])
    byName.set(name, operator)
}

/** The custom operator of a name that comes with the package, or undefined where there is none or it is not loaded yet. */
export function knownCustomOperator(name: string): CustomOperator | undefined {
  return byName.get(name)
}

/** The names of all custom operators that are loaded, sorted. */
export const knownCustomNames = (): readonly string[] => [...byName.keys()].sort()
