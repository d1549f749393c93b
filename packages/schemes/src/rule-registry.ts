import type { ActivationType } from './plan/treatment.ts'
import { ruleWith, storedWeightsOf } from './rule.ts'
import type { OperatorRule } from './rule.ts'
import type { HybridOnlyRule } from './hybrid-rule.ts'
import * as hybridRules from './hybrid-rules/index.ts'
import * as rules from './rules/index.ts'

const byKind = new Map<string, OperatorRule>(Object.values(rules).map((rule) => [rule.kind, rule]))

const hybridOnlyByKind = new Map<string, HybridOnlyRule>(
  Object.values(hybridRules).map((rule) => [rule.kind, rule]),
)

/** The rule of an operator kind of which only the weights become integers; undefined for others. */
export function hybridOnlyRuleOf(kind: string): HybridOnlyRule | undefined {
  return hybridOnlyByKind.get(kind)
}

/** The rule of an operator kind; undefined for kinds that stay float. */
export function ruleOf(kind: string): OperatorRule | undefined {
  return byKind.get(kind)
}

/** Every operator kind that can have integer activations of a type, sorted by name. */
export function quantizableOperators(activations: ActivationType = 'int8'): readonly string[] {
  const kinds = [...byKind.values()].filter((rule) => ruleWith(rule, activations) !== undefined)
  return kinds.map(({ kind }) => kind).sort()
}

/** Every operator kind that can have int4 weights, beside integer or float activations, sorted by name. */
export function int4Operators(): readonly string[] {
  return quantizableOperators().filter((kind) => storedWeightsOf(ruleOf(kind))?.int4Versions !== undefined)
}

/** Every operator kind that can keep float activations with int8 weights, sorted by name. */
export function dynamicOperators(): readonly string[] {
  const kinds = quantizableOperators().filter((kind) => ruleOf(kind)?.hybrid !== undefined)
  return [...kinds, ...hybridOnlyByKind.keys()].sort()
}
