import { tables, unions } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** A table as plain data. */
export type PlainTable = Readonly<Record<string, unknown>>

/** A table of a model: its name in the schema, and the keys that lead to it. */
export interface TablePlace {
  readonly table: string
  readonly keys: readonly (string | number)[]
}

/** Fields of a table of the schema: their type by name. */
export function fieldTypes(table: string): Readonly<Record<string, { readonly type: string }>> {
  return (
    (tables as Readonly<Record<string, Readonly<Record<string, { readonly type: string }>>>>)[table] ?? {}
  )
}

/** Type of the elements of a vector; the type itself where it is none. */
export const elementType = (type: string): string => (type.startsWith('[') ? type.slice(1, -1) : type)

/** All tables of a model, the root first. */
export function tablesOf(model: Model): readonly TablePlace[] {
  const places: TablePlace[] = []
  visit(model as unknown as PlainTable, 'Model', [], places)
  return places
}

function visit(value: PlainTable, table: string, keys: TablePlace['keys'], places: TablePlace[]): void {
  places.push({ table, keys })
  for (const [field, { type }] of Object.entries(fieldTypes(table))) {
    const stored = value[field]
    if (stored === undefined || stored === null || typeof stored !== 'object') continue
    const element = elementType(type)
    if (type === element) visitMember(stored as PlainTable, element, [...keys, field], places)
    else if (Array.isArray(stored)) {
      stored.forEach((each: unknown, at) => {
        visitMember(each as PlainTable, element, [...keys, field, at], places)
      })
    }
  }
}

function visitMember(value: PlainTable, type: string, keys: TablePlace['keys'], places: TablePlace[]): void {
  if (Object.hasOwn(unions, type)) visit(value, String(value['kind']), keys, places)
  else if (Object.hasOwn(tables, type)) visit(value, type, keys, places)
}

/** What stands at the end of the keys. */
export function valueAt(root: unknown, keys: TablePlace['keys']): unknown {
  return keys.reduce<unknown>((value, key) => (value as PlainTable | undefined)?.[key], root)
}

/** The same with another value at the end of the keys; nothing is altered. */
export function withValueAt(root: unknown, keys: TablePlace['keys'], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  const changed = withValueAt((root as PlainTable | undefined)?.[key], rest, value)
  if (Array.isArray(root)) return root.map((each: unknown, at) => (at === key ? changed : each))
  return { ...(root as PlainTable), [key]: changed }
}
