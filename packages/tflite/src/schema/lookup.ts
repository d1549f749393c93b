import type { scalars } from '../codec/scalars.ts'
import { enumLines, optionLines, tableLines, unionLines } from './compact.ts'
import type { FieldSchema, TableSchema } from './table-schema.ts'

/*
 * What the codec looks up in the schema. Most files need a few of its tables, so that each is made from its line of text when it is
 * first asked for: engines would spend several times as long on all of them as objects, in every page.
 */

/** Names by their numbers. */
export type NumberedNames = ReadonlyMap<number, string>

/** An enumeration of the schema. */
export interface EnumSchema {
  /** The scalar that its values are stored as. */
  readonly storage: keyof typeof scalars
  readonly names: NumberedNames
}

/** Makes something of the words behind a name at the start of a line, once for each name; nothing where no line starts so. */
function perLine<Made>(
  text: string,
  make: (words: readonly string[]) => Made,
): (name: string) => Made | undefined {
  const known = new Map<string, Made>()
  return (name) => {
    if (known.has(name)) return known.get(name)
    const words = wordsBehind(text, `\n${name}`)
    if (words === undefined) return undefined
    const made = make(words)
    known.set(name, made)
    return made
  }
}

function wordsBehind(text: string, start: string): readonly string[] | undefined {
  const at = text.indexOf(`${start} `)
  if (at === -1) return text.includes(`${start}\n`) ? [] : undefined
  const from = at + start.length + 1
  return text.slice(from, text.indexOf('\n', from)).split(' ')
}

/** The fields of a table. */
export const tableSchema = /* @__PURE__ */ perLine(tableLines, fieldsOf)

/** An enumeration of the schema. */
export const enumSchema = /* @__PURE__ */ perLine(enumLines, (words): EnumSchema => {
  return { storage: words[0] as EnumSchema['storage'], names: numbered(words.slice(1), 0) }
})

/** The members of a union by their tags. */
export const unionSchema = /* @__PURE__ */ perLine(unionLines, (names) => numbered(names, 1))

/** The option table that goes with a kind of operator; there are kinds that have none. */
export const optionsSchema = /* @__PURE__ */ perLine(optionLines, ([table = '']) => table)

/** Each name with its number: one more than the number before, unless it says `name,number`. */
function numbered(words: readonly string[], first: number): NumberedNames {
  const names = new Map<number, string>()
  let next = first
  for (const word of words) {
    const comma = word.indexOf(',')
    if (comma !== -1) next = Number(word.slice(comma + 1))
    names.set(next++, comma === -1 ? word : word.slice(0, comma))
  }
  return names
}

const numbersOf = new WeakMap<NumberedNames, ReadonlyMap<string, number>>()

/** The number of a name. */
export function numberOf(names: NumberedNames, name: string): number | undefined {
  let numbers = numbersOf.get(names)
  if (numbers === undefined) {
    numbers = new Map(Array.from(names, ([number, each]) => [each, number]))
    numbersOf.set(names, numbers)
  }
  return numbers.get(name)
}

/** Fields as `name,type,default,id,align`, where empty or left out is what is usual: none, the next one, and none. */
function fieldsOf(words: readonly string[]): TableSchema {
  const fields: Record<string, FieldSchema> = {}
  let next = 0
  for (const word of words) {
    const parts = word.split(',')
    const id = parts[3] ? Number(parts[3]) : next
    fields[parts[0]!] = {
      ...{ id, type: parts[1]! },
      ...(parts[2] ? { default: defaultOf(parts[2]) } : {}),
      ...(parts[4] ? { align: Number(parts[4]) } : {}),
    }
    next = id + 1
  }
  return fields
}

function defaultOf(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true'
  return Number.isNaN(Number(text)) ? text : Number(text)
}
