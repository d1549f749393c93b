import type { OperatorSelector, SchemeRule } from '../plan/selector.ts'
import type { RuleOption, Scheme } from '../scheme.ts'
import * as schemes from '../schemes/index.ts'
import {
  booleanOf,
  choiceOf,
  countOf,
  fieldOf,
  itemsOf,
  onlyFields,
  patternOf,
  recipeFault,
} from './json-value.ts'
import type { JsonValue } from './json-value.ts'
import { operatorKindOf } from './operator-kinds.ts'

type Factory = (options?: Readonly<Record<string, unknown>>) => Scheme

const factories = new Map(
  (Object.values<unknown>(schemes) as readonly Factory[]).map((make) => [make().name, make]),
)

/** Name that leaves operators as they are. */
const float = 'float'

/** Readers of the fields that say for which operators a rule is. */
const selectors = {
  operators: (place: JsonValue) =>
    typeof place.value === 'string' ? [operatorKindOf(place)] : itemsOf(place).map(operatorKindOf),
  tensors: patternOf,
  subgraph: countOf,
  position: (place: JsonValue) => choiceOf(place, ['first', 'last'] as const),
}

/**
 * The rules that one rule of a recipe stands for: those of its scheme, each for the operators that the rule is for.
 *
 * @throws UsageError naming the place of a mistake.
 */
export function ruleOf(place: JsonValue): readonly SchemeRule[] {
  const scheme = fieldOf(place, 'scheme')
  onlyFields(place, [...Object.keys(selectors), 'scheme', 'options', 'why'])
  if (scheme === undefined) throw recipeFault(place, 'a rule with a "scheme"')
  const name = choiceOf(scheme, [float, ...[...factories.keys()].sort()])
  const selector = selectorOf(place)
  const options = fieldOf(place, 'options')
  if (name === float) {
    if (options !== undefined) onlyFields(options, [])
    return [
      { where: [selector], treatment: { kind: 'float', reason: `${place.path} of the recipe says so` } },
    ]
  }
  const make = factories.get(name)!
  const { rules = [] } = make(options === undefined ? {} : optionsOf(options, make().ruleOptions ?? {}))
  return rules.map(({ where, treatment }) => ({ where: [selector, ...where], treatment }))
}

function selectorOf(place: JsonValue): OperatorSelector {
  const entries = Object.entries(selectors).flatMap(([name, read]) => {
    const field = fieldOf(place, name)
    return field === undefined ? [] : [[name, read(field)] as const]
  })
  return Object.fromEntries(entries)
}

function optionsOf(
  place: JsonValue,
  known: Readonly<Record<string, RuleOption>>,
): Readonly<Record<string, unknown>> {
  fieldOf(place, '')
  onlyFields(place, Object.keys(known))
  const entries = Object.entries(known).flatMap(([name, kind]) => {
    const field = fieldOf(place, name)
    return field === undefined ? [] : [[name, optionOf(field, kind)] as const]
  })
  return Object.fromEntries(entries)
}

function optionOf(place: JsonValue, kind: RuleOption): unknown {
  if (kind === 'boolean') return booleanOf(place)
  return kind === 'count' ? countOf(place) : choiceOf(place, kind)
}
