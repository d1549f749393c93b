import type { OperatorRule } from './rule.ts'
import * as rules from './rules/index.ts'

const byKind = new Map<string, OperatorRule>(Object.values(rules).map((rule) => [rule.kind, rule]))

/** The rule of an operator kind; undefined for kinds that stay float. */
export function ruleOf(kind: string): OperatorRule | undefined {
  return byKind.get(kind)
}

/** Every operator kind that can become an integer one, sorted by name. */
export function quantizableOperators(): readonly string[] {
  return [...byKind.keys()].sort()
}

/** Every operator kind that can keep float activations with int8 weights, sorted by name. */
export function dynamicOperators(): readonly string[] {
  return quantizableOperators().filter((kind) => ruleOf(kind)?.hybrid !== undefined)
}
