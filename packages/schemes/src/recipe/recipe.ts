import type { InputOutputType } from '../plan/plan.ts'
import type { Scheme } from '../scheme.ts'
import { schemeOfRules } from '../scheme-of-rules.ts'
import { aiEdgeRules } from './ai-edge-rules.ts'
import { choiceOf, fieldOf, itemsOf, onlyFields, recipeFault, textOf } from './json-value.ts'
import type { JsonValue } from './json-value.ts'
import { ruleOf } from './recipe-rule.ts'

/** Choices of `recipe` that come before what the recipe says. */
export interface RecipeOptions {
  /** Type of the model's inputs and outputs; what the recipe says by default, or float32. */
  readonly io?: InputOutputType
}

const ioTypes = ['float32', 'int8', 'uint8', 'int16'] as const satisfies readonly InputOutputType[]

/**
 * A scheme from a recipe: a list of rules, each for some operators, with the scheme that they get. **The last rule that is
 * for an operator decides**, so general rules come first and exceptions after them; an operator that no rule is for stays
 * float. Recipes of ai-edge-quantizer, which are JSON lists and have the same order, are read too.
 *
 * @param json What `JSON.parse` makes of the file: `{ name?, io?, why?, rules: [{ operators?, tensors?, subgraph?, position?,
 *   scheme, options?, why? }] }`. `operators` are kinds such as `CONV_2D`, `tensors` a regular expression for output names,
 *   `position` is `first` or `last`, counted among the operators with weights; a rule is for what meets all it says.
 *   `why` is for people.
 * @throws UsageError naming the place inside the JSON, what stands there and what may.
 *
 * @example
 * recipe({ rules: [{ scheme: 'int8' }, { position: 'last', scheme: 'float' }] })
 */
export function recipe(json: unknown, options: RecipeOptions = {}): Scheme {
  const place: JsonValue = { value: json, path: '' }
  if (Array.isArray(json)) {
    return schemeOfRules({ name: 'ai-edge-recipe', ...options, rules: aiEdgeRules(place) })
  }
  const rules = fieldOf(place, 'rules')
  onlyFields(place, ['name', 'io', 'rules', 'why'])
  if (rules === undefined) throw recipeFault(place, 'an object with a list called "rules"')
  const items = itemsOf(rules)
  if (items.length === 0) throw recipeFault(rules, 'at least one rule')
  const [name, io] = [fieldOf(place, 'name'), fieldOf(place, 'io')]
  return schemeOfRules({
    name: name === undefined ? 'recipe' : textOf(name),
    ...(io === undefined ? {} : { io: choiceOf(io, ioTypes) }),
    ...options,
    rules: items.flatMap(ruleOf),
  })
}
