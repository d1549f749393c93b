import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { tables, unions } from '../schema/index.ts'
import type { Model } from '../types.ts'
import { tablePlan } from './plan.ts'
import type { FieldPlan } from './plan.ts'
import type { FieldKind } from './scalars.ts'

type PlainTable = Record<string, unknown>

/**
 * A model in which every field of every table of the schema has a value that is not its default: what the codec does not
 * carry shows as a difference. Made from the schema, so that it grows with it.
 */
export function exampleModel(): Model {
  const random = seededRandom(7)
  const model = exampleTable('Model', random)
  const [graph] = model['subgraphs'] as PlainTable[]
  const [operator] = graph!['operators'] as PlainTable[]
  const operators = [
    ...unionMembers('BuiltinOptions').map((kind) => ({ ...operator, builtinOptions: member(kind, random) })),
    ...unionMembers('BuiltinOptions2').map((kind) => ({
      ...operator,
      builtinOptions2: member(kind, random),
    })),
  ]
  const subgraphs = [
    { ...graph, operators },
    { ...graph, name: 'second' },
  ]
  return { ...model, subgraphs } as unknown as Model
}

/** A model but for the offsets of what stands outside its FlatBuffer, which move where it is written. */
export function withoutOffsets(model: Model): Model {
  const buffers = model.buffers?.map(({ offset: _offset, size: _size, ...buffer }) => buffer)
  const subgraphs = model.subgraphs?.map((graph) => ({
    ...graph,
    operators: graph.operators?.map(
      ({ largeCustomOptionsOffset: _offset, largeCustomOptionsSize: _size, ...operator }) => operator,
    ),
  }))
  return { ...model, buffers, subgraphs } as unknown as Model
}

const unionMembers = (union: keyof typeof unions): readonly string[] => Object.keys(unions[union])

const member = (kind: string, random: Random): PlainTable => ({ kind, ...exampleTable(kind, random) })

function exampleTable(name: string, random: Random): PlainTable {
  if (!Object.hasOwn(tables, name)) throw new Error(`no table ${name}`)
  const { fields } = tablePlan(name)
  return Object.fromEntries(fields.map((field) => [field.name, exampleField(field, random)]))
}

function exampleField({ kind, absent }: FieldPlan, random: Random): unknown {
  const value = exampleValue(kind, random)
  return value === absent ? otherValue(kind, absent) : value
}

function exampleValue(kind: FieldKind, random: Random): unknown {
  switch (kind.kind) {
    case 'scalar':
      return exampleScalar(kind.storage, random)
    case 'enum':
      return [...kind.names.values()][random.integer(kind.names.size)]
    case 'string':
      return `text ${random.integer(1000)} äö`
    case 'bytes':
      return Uint8Array.from({ length: 1 + random.integer(40) }, () => random.integer(256))
    case 'table':
      return exampleTable(kind.table, random)
    case 'union':
      return member([...kind.tags.values()].at(-1) ?? '', random)
    case 'vector':
      return Array.from({ length: 1 + random.integer(3) }, () => exampleValue(kind.element, random))
  }
}

function exampleScalar(storage: string, random: Random): unknown {
  if (storage === 'bool') return random.integer(2) === 1
  if (storage === 'long' || storage === 'ulong') return BigInt(1 + random.integer(2 ** 31)) * 2n ** 31n
  if (storage === 'float') return Math.fround(random.normal())
  return 1 + random.integer(100)
}

function otherValue(kind: FieldKind, absent: unknown): unknown {
  if (kind.kind === 'enum') return [...kind.names.values()].find((name) => name !== absent) ?? absent
  return kind.kind === 'scalar' && typeof absent === 'boolean' ? !absent : absent
}
