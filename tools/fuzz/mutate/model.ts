import type { Random } from '@quantrx/core'
import { enums, tables, unions } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { elementType, fieldTypes, valueAt, withValueAt } from './tables-of.ts'
import type { PlainTable, TablePlace } from './tables-of.ts'
import { otherBytes, otherScalar, pick } from './values.ts'

/** A model whose tables are known, so that many mutations can be made of it. */
export interface Mutable {
  readonly model: Model
  readonly places: readonly TablePlace[]
}

/** Tables that mean most to what works on a model; half of all mutations are made to these. */
const focus: ReadonlySet<string> = new Set([
  'Tensor',
  'Operator',
  'SubGraph',
  'QuantizationParameters',
  'SignatureDef',
])

/**
 * The model with one to four faults: a field that is deleted, replaced, or taken from another table of its kind; elements of
 * vectors that are deleted, duplicated or swapped; numbers, names and bytes that are others. What is written is well-formed
 * as a file and senseless as a model.
 */
export function mutateModel({ model, places }: Mutable, random: Random): Model {
  const focused = places.filter(({ table }) => focus.has(table) || table.endsWith('Options'))
  let mutated: unknown = model
  let changes = 1
  while (changes < 4 && random.integer(2) === 0) changes++
  for (; changes > 0; changes--) {
    const from = focused.length > 0 && random.integer(3) > 0 ? focused : places
    mutated = mutateTable(mutated, places, pick(random, from), random)
  }
  return mutated as Model
}

function mutateTable(
  root: unknown,
  places: readonly TablePlace[],
  place: TablePlace,
  random: Random,
): unknown {
  const table = valueAt(root, place.keys)
  // Earlier changes may have removed it.
  if (typeof table !== 'object' || table === null) return root
  const fields = Object.entries(fieldTypes(place.table))
  const stored = fields.filter(([name]) => (table as PlainTable)[name] !== undefined)
  const among = stored.length > 0 && random.integer(4) > 0 ? stored : fields
  if (among.length === 0) return root
  const [name, { type }] = pick(random, among)
  const old = (table as PlainTable)[name]
  const value =
    random.integer(6) === 0
      ? fromOther(root, places, place, name, random)
      : otherValue(root, places, type, old, random)
  const { [name]: _old, ...others } = table as PlainTable
  const changed = value === undefined ? others : { ...others, [name]: value }
  return withValueAt(root, place.keys, changed)
}

/** The same field of another table of the same kind. */
function fromOther(
  root: unknown,
  places: readonly TablePlace[],
  { table }: TablePlace,
  field: string,
  random: Random,
): unknown {
  const other = pick(
    random,
    places.filter((each) => each.table === table),
  )
  return (valueAt(root, other.keys) as PlainTable | undefined)?.[field]
}

function otherValue(
  root: unknown,
  places: readonly TablePlace[],
  type: string,
  old: unknown,
  random: Random,
): unknown {
  if (type === '[ubyte]') return otherBytes(random, (old as Uint8Array | undefined) ?? new Uint8Array(8))
  if (type.startsWith('['))
    return otherVector(root, places, elementType(type), (old as readonly unknown[] | undefined) ?? [], random)
  if (type === 'string') return pick(random, [undefined, '', 'x', 'x'.repeat(5000), `${String(old)}\uDC80`])
  if (Object.hasOwn(tables, type) || Object.hasOwn(unions, type)) {
    return random.integer(2) === 0 ? undefined : anyOf(root, places, type, random)
  }
  return otherScalar(random, type, old)
}

/** Any table of the model that may stand where this type is expected; undefined where it has none. */
function anyOf(root: unknown, places: readonly TablePlace[], type: string, random: Random): unknown {
  const members = (unions as Readonly<Record<string, object>>)[type] ?? { [type]: 0 }
  const found = places.filter(({ table }) => Object.hasOwn(members, table))
  if (found.length > 0 && random.integer(3) > 0) return valueAt(root, pick(random, found).keys)
  return Object.hasOwn(unions, type) ? exampleTable(pick(random, Object.keys(members)), random) : undefined
}

/** A table whose scalars have odd values: options that belong to another operator. */
function exampleTable(kind: string, random: Random): PlainTable {
  const scalars = Object.entries(fieldTypes(kind)).flatMap(([name, { type }]) =>
    isScalar(type) ? [[name, otherScalar(random, type, undefined)]] : [],
  )
  return { kind, ...Object.fromEntries(scalars) }
}

const isScalar = (type: string): boolean =>
  !type.startsWith('[') &&
  type !== 'string' &&
  (Object.hasOwn(enums, type) || (!Object.hasOwn(tables, type) && !Object.hasOwn(unions, type)))

function otherVector(
  root: unknown,
  places: readonly TablePlace[],
  element: string,
  old: readonly unknown[],
  random: Random,
): unknown {
  const at = random.integer(Math.max(old.length, 1))
  const [before, after] = [old.slice(0, at), old.slice(at + 1)]
  const fresh = (): unknown =>
    element === 'string'
      ? 'x'
      : isScalar(element)
        ? otherScalar(random, element, old[at])
        : (anyOf(root, places, element, random) ?? old[at])
  switch (random.integer(7)) {
    case 0:
      return [...before, ...after]
    case 1:
      return [...before, ...old.slice(at, at + 1), ...old.slice(at, at + 1), ...after]
    case 2:
      return [...after, ...old.slice(at, at + 1), ...before]
    case 3:
      return random.integer(3) === 0 ? undefined : []
    default: {
      const value = fresh()
      return value === undefined ? old : [...before, value, ...after]
    }
  }
}
