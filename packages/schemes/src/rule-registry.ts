import type { OperatorRule } from "./rule.ts";
import type { HybridOnlyRule } from "./hybrid-rule.ts";
import * as hybridRules from "./hybrid-rules/index.ts";
import * as rules from "./rules/index.ts";

const byKind = new Map<string, OperatorRule>(
  Object.values(rules).map((rule) => [rule.kind, rule]),
);

const hybridOnlyByKind = new Map<string, HybridOnlyRule>(
  Object.values(hybridRules).map((rule) => [rule.kind, rule]),
);

/** The rule of an operator kind of which only the weights become integers; undefined for others. */
export function hybridOnlyRuleOf(kind: string): HybridOnlyRule | undefined {
  return hybridOnlyByKind.get(kind);
}

/** The rule of an operator kind; undefined for kinds that stay float. */
export function ruleOf(kind: string): OperatorRule | undefined {
  return byKind.get(kind);
}

/** Every operator kind that can become an integer one, sorted by name. */
export function quantizableOperators(): readonly string[] {
  return [...byKind.keys()].sort();
}

/** Every operator kind that can keep float activations with int8 weights, sorted by name. */
export function dynamicOperators(): readonly string[] {
  const kinds = quantizableOperators().filter(
    (kind) => ruleOf(kind)?.hybrid !== undefined,
  );
  return [...kinds, ...hybridOnlyByKind.keys()].sort();
}
