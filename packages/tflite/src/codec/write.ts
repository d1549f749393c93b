import { ModelFormatError } from '@quantrx/core'
import { Builder } from 'flatbuffers'
import type { Offset } from 'flatbuffers'
import type { Model } from '../types.ts'
import { tablePlan } from './plan.ts'
import type { FieldPlan } from './plan.ts'
import { formatError } from './path.ts'
import type { Path } from './path.ts'
import { readBounded } from './read.ts'
import type { FieldKind, ScalarCodec } from './scalars.ts'
import { encodeText } from './utf8.ts'

/** Longer vectors are not compared with each other: their keys would cost more than sharing them saves. */
const longestSharedVector = 1 << 16

/** Choices of `writeModel`. */
export interface WriteOptions {
  /** Write although fields that are newer than the schema get lost; refused otherwise. */
  readonly dropUnknownFields?: boolean
}

interface Writer {
  readonly builder: Builder
  /** Offsets of what has been written, by content: equal strings and vectors are stored once. */
  readonly shared: Map<string, Offset>
}

type PlainTable = Readonly<Record<string, unknown>>

/**
 * Writes a model as a `.tflite` file: `readModel(writeModel(model))` equals `model`. The same model gives the same bytes.
 * Buffers are aligned to 16 bytes; equal strings, vectors and vtables are stored once.
 *
 * @throws ModelFormatError naming the path of a field that would get lost, or of a value that the format cannot hold.
 *
 * @example
 * await writeFile('copy.tflite', writeModel(readModel(bytes)))
 */
export function writeModel(model: Model, { dropUnknownFields = false }: WriteOptions = {}): Uint8Array {
  const lost = model.unknownFields?.[0]
  if (lost !== undefined && !dropUnknownFields) throw unknownField(lost)
  const writer: Writer = { builder: new Builder(estimatedSize(model)), shared: new Map() }
  const root = writeTable(writer, 'Model', model as unknown as PlainTable, { segment: '' })
  writer.builder.finish(root, 'TFL3')
  const bytes = writer.builder.asUint8Array()
  return model.trailing === undefined ? bytes : withTrailing(bytes, model.trailing)
}

/** The trailing bytes stand right behind the last byte of content, so that reading finds the same ones again. */
function withTrailing(bytes: Uint8Array, trailing: Uint8Array): Uint8Array {
  const { end } = readBounded(bytes)
  const joined = new Uint8Array(end + trailing.length)
  joined.set(bytes.subarray(0, end))
  joined.set(trailing, end)
  return joined
}

/** Large enough that the builder does not have to grow, which would copy everything. */
function estimatedSize(model: Model): number {
  const weights = (model.buffers ?? []).reduce((sum, { data }) => sum + (data?.length ?? 0) + 64, 0)
  const structure = (model.subgraphs ?? []).reduce(
    (sum, { tensors = [], operators = [] }) => sum + tensors.length * 256 + operators.length * 128,
    1024,
  )
  return weights + structure
}

function writeTable(writer: Writer, name: string, table: PlainTable, path: Path): Offset {
  const { fields, slots } = tablePlan(name)
  const references = fields.map((field) => writeReferenced(writer, field, table[field.name], path))
  const { builder } = writer
  builder.startObject(slots)
  // Widest first, so that a table needs no padding between its fields.
  const order = fields.map((field, at) => ({ field, reference: references[at] ?? 0 }))
  order.sort((a, b) => storedSize(b.field.kind) - storedSize(a.field.kind))
  for (const { field, reference } of order) writeStored(builder, field, table[field.name], reference, path)
  return builder.endObject()
}

const storedSize = (kind: FieldKind): number =>
  kind.kind === 'scalar' || kind.kind === 'enum' ? kind.codec.size : 4

/** Writes what a field refers to, since a table can only point at what is written already; 0 for what it stores itself. */
function writeReferenced(writer: Writer, field: FieldPlan, value: unknown, parent: Path): Offset {
  const { kind, align } = field
  if (value === undefined || kind.kind === 'scalar' || kind.kind === 'enum') return 0
  const path = { parent, segment: field.name }
  if (kind.kind !== 'union') return writeReference(writer, kind, value, align, path)
  const member = value as PlainTable & { readonly kind: string }
  if (!Object.hasOwn(kind.members, member.kind))
    throw formatError(path, `member ${member.kind}`, 'a member of the union')
  return writeTable(writer, member.kind, member, path)
}

function writeStored(
  builder: Builder,
  field: FieldPlan,
  value: unknown,
  reference: Offset,
  parent: Path,
): void {
  const { kind, id, absent } = field
  if (kind.kind === 'scalar') {
    if (value === undefined || Object.is(value, absent)) return
    kind.codec.write(builder, value as never)
    builder.slot(id)
  } else if (kind.kind === 'enum') {
    if (value === undefined || value === absent) return
    kind.codec.write(builder, enumNumber(kind, String(value), { parent, segment: field.name }) as never)
    builder.slot(id)
  } else if (reference !== 0) {
    builder.addOffset(reference)
    builder.slot(id)
    if (kind.kind !== 'union') return
    builder.addInt8(kind.members[(value as { kind: string }).kind] ?? 0)
    builder.slot(id - 1)
  }
}

function enumNumber({ numbers }: FieldKind & { kind: 'enum' }, name: string, path: Path): number {
  const number = numbers[name] ?? (/^UNKNOWN_-?\d+$/.test(name) ? Number(name.slice(8)) : undefined)
  if (number === undefined) throw formatError(path, name, `one of ${Object.keys(numbers).join(', ')}`)
  return number
}

function writeReference(writer: Writer, kind: FieldKind, value: unknown, align: number, path: Path): Offset {
  switch (kind.kind) {
    case 'table':
      return writeTable(writer, kind.table, value as PlainTable, path)
    case 'string':
      return share(writer, `string ${String(value)}`, () => {
        const bytes = encodeText(String(value))
        // The terminating zero is not counted in the length that stands before the text.
        writer.builder.addInt8(0)
        return writeBytes(writer.builder, bytes, 1)
      })
    case 'bytes':
      return writeBytes(writer.builder, value as Uint8Array, align)
    case 'vector':
      return writeVector(writer, kind.element, value as readonly unknown[], align, path)
    default:
      throw formatError(path, 'a stored value', 'a reference')
  }
}

function writeBytes(builder: Builder, bytes: Uint8Array, align: number): Offset {
  builder.prep(Math.max(align, 4), bytes.length)
  return builder.createByteVector(bytes)
}

function writeVector(
  writer: Writer,
  element: FieldKind,
  values: readonly unknown[],
  align: number,
  path: Path,
): Offset {
  const { builder } = writer
  if (element.kind === 'scalar' || element.kind === 'enum') {
    const numbers =
      element.kind === 'enum' ? values.map((name) => enumNumber(element, String(name), path)) : values
    const write = (): Offset => writeScalars(builder, element.codec, numbers, align)
    return values.length > longestSharedVector
      ? write()
      : share(writer, vectorKey(element.storage, align, numbers), write)
  }
  const offsets = values.map((value, at) =>
    writeReference(writer, element, value, 1, { parent: path, segment: at }),
  )
  builder.startVector(4, offsets.length, 4)
  for (let at = offsets.length - 1; at >= 0; at--) builder.addOffset(offsets[at]!)
  return builder.endVector()
}

function writeScalars(
  builder: Builder,
  codec: ScalarCodec,
  values: readonly unknown[],
  align: number,
): Offset {
  builder.startVector(codec.size, values.length, Math.max(codec.size, align))
  for (let at = values.length - 1; at >= 0; at--) codec.write(builder, values[at] as never)
  return builder.endVector()
}

/** Integers and floats of one size have different bits, and so have -0 and 0, which look the same in a list. */
const vectorKey = (storage: string, align: number, values: readonly unknown[]): string =>
  `[${storage}] ${align} ${values.map((value) => (Object.is(value, -0) ? '-0' : String(value))).join()}`

function share({ shared }: Writer, key: string, write: () => Offset): Offset {
  const known = shared.get(key)
  if (known !== undefined) return known
  const offset = write()
  shared.set(key, offset)
  return offset
}

function unknownField(path: string): ModelFormatError {
  return new ModelFormatError({
    stage: 'model',
    subject: path,
    found: 'a field that is newer than the schema of this version',
    expected: 'only fields that can be carried over',
    nextStep: 'Update quantrx, or give { dropUnknownFields: true } to write without it',
  })
}
