import { UsageError } from '@quantrx/core'

/** A value inside a recipe, and where it stands, such as `rules[2].scheme`; the whole recipe has the path ``. */
export interface JsonValue {
  readonly value: unknown
  readonly path: string
}

/** Longest text that a message repeats. */
const longest = 60

/** What is wrong at a place of a recipe. */
export function recipeFault({ value, path }: JsonValue, expected: string, nextStep?: string): UsageError {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return new UsageError({
    stage: 'quantize',
    subject: path === '' ? 'recipe' : `recipe, ${path}`,
    found: text.length > longest ? `${text.slice(0, longest)}…` : text,
    expected,
    ...(nextStep === undefined ? {} : { nextStep }),
  })
}

/**
 * A field of an object by name; undefined where it is absent.
 *
 * @throws UsageError when the value is no object.
 */
export function fieldOf(place: JsonValue, name: string): JsonValue | undefined {
  const { value, path } = place
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw recipeFault(place, 'an object')
  }
  const found = (value as Readonly<Record<string, unknown>>)[name]
  return found === undefined ? undefined : { value: found, path: path === '' ? name : `${path}.${name}` }
}

/**
 * Refuses fields that nobody would read, which are mistakes in writing.
 *
 * @throws UsageError naming the first of them and the fields that there are.
 */
export function onlyFields(place: JsonValue, names: readonly string[]): void {
  const found = Object.keys((place.value ?? {}) as object).find((name) => !names.includes(name))
  if (found === undefined) return
  const known = names.length === 0 ? 'no fields' : `fields among ${names.join(', ')}`
  throw recipeFault(fieldOf(place, found) ?? place, known, 'Check the name of the field')
}

/** @throws UsageError for anything but a list. */
export function itemsOf(place: JsonValue): readonly JsonValue[] {
  const { value, path } = place
  if (!Array.isArray(value)) throw recipeFault(place, 'a list')
  return value.map((item: unknown, at) => ({ value: item, path: `${path}[${at}]` }))
}

/** @throws UsageError for anything but text. */
export function textOf(place: JsonValue): string {
  if (typeof place.value === 'string') return place.value
  throw recipeFault(place, 'text')
}

/** @throws UsageError for anything but a whole number from 0. */
export function countOf(place: JsonValue): number {
  const { value } = place
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw recipeFault(place, 'a whole number from 0')
}

/** @throws UsageError for anything but true and false. */
export function booleanOf(place: JsonValue): boolean {
  if (typeof place.value === 'boolean') return place.value
  throw recipeFault(place, 'true or false')
}

/** @throws UsageError listing the choices. */
export function choiceOf<Choice extends string | number>(
  place: JsonValue,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === place.value)
  if (found !== undefined) return found
  throw recipeFault(place, `one of ${choices.join(', ')}`)
}

/** @throws UsageError for what is no regular expression. */
export function patternOf(place: JsonValue): string {
  const pattern = textOf(place)
  try {
    new RegExp(pattern, 'u')
    return pattern
  } catch (error) {
    throw recipeFault(place, `a regular expression of JavaScript (${(error as Error).message})`)
  }
}
