import { builtinOperators } from '@quantrx/tflite'
import { quantizableOperators } from '../rule-registry.ts'
import { recipeFault, textOf } from './json-value.ts'
import type { JsonValue } from './json-value.ts'

/**
 * The name of an operator kind in a recipe.
 *
 * @throws UsageError naming kinds that are spelled like it.
 */
export function operatorKindOf(place: JsonValue): string {
  const kind = textOf(place)
  if (kind in builtinOperators) return kind
  const start = kind.toUpperCase().replaceAll('-', '_').slice(0, 4)
  const near = quantizableOperators().filter((each) => each.startsWith(start))
  throw recipeFault(
    place,
    'the name of a builtin operator, in capitals',
    near.length === 0 ? 'The names are those that "inspect" lists' : `Did you mean ${near.join(' or ')}?`,
  )
}
