import { Builder } from 'flatbuffers'
import type { Offset } from 'flatbuffers'
import { readRange } from '../byte-source.ts'
import type { Model } from '../types.ts'
import { blobAlignment, emptyRegion, placeBlob } from './blobs.ts'
import type { Blob, BlobRegion } from './blobs.ts'
import { outsideFields } from './outside.ts'
import { tablePlan } from './plan.ts'
import type { FieldPlan } from './plan.ts'
import { formatError } from './path.ts'
import type { Path } from './path.ts'
import { numberOf } from '../schema/lookup.ts'
import type { FieldKind, ScalarCodec } from './scalars.ts'
import { encodeText } from './utf8.ts'
import { vectorKey } from './vector-key.ts'

/** Longer vectors are not compared with each other: their keys would cost more than sharing them saves. */
const longestSharedVector = 1 << 16

/** What stands before the elements of a vector. */
const vectorLengthBytes = 4

/** Shorter byte vectors stand among the tables. */
const shortestBlob = 1024

/** A FlatBuffer that is larger cannot be verified: its readers take offsets as signed. */
export const largestFlatBuffer = 2 ** 31 - 1

/** Where a model's bytes go. */
export interface Placement {
  /** Position in the file of the region outside the FlatBuffer. */
  readonly outsideBase: number
  /** Whether all buffers go there, not only those that stood outside before. */
  readonly allOutside: boolean
}

/** A model in the order of its file: the tables, large vectors that belong to the FlatBuffer too, and what is outside. */
export interface EncodedModel {
  readonly structure: Uint8Array
  readonly inside: BlobRegion
  readonly outside: BlobRegion
  readonly outsideBase: number
  /** Bytes of `structure` and `inside`. */
  readonly flatBufferBytes: number
}

interface Writer extends Placement {
  readonly builder: Builder
  /** Offsets of what has been written, by content: equal strings and vectors are stored once. */
  readonly shared: Map<string, Offset>
  /** Offsets of tables and vectors of them, by type and identity: what the file shared stays shared. */
  readonly written: Map<string, Map<unknown, Offset>>
  readonly inside: BlobRegion
  readonly outside: BlobRegion
}

type PlainTable = Readonly<Record<string, unknown>>

/**
 * Encodes a model. A builder writes from the last byte to the first, and a reference says how far ahead its target is: so
 * vectors that come behind the builder's bytes have offsets below 0, and need not be copied into it.
 */
export function encodeModel(model: Model, placement: Placement): EncodedModel {
  const builder = new Builder(estimatedSize(model))
  // Makes the size of what it writes a multiple of 16, so that what comes behind is aligned.
  builder.prep(blobAlignment, 0)
  const regions = { inside: emptyRegion(), outside: emptyRegion() }
  const writer: Writer = { ...placement, ...regions, builder, shared: new Map(), written: new Map() }
  const root = writeTable(writer, 'Model', model as unknown as PlainTable, { segment: '' })
  builder.finish(root, 'TFL3')
  const structure = builder.asUint8Array()
  const { outsideBase } = placement
  return { ...regions, structure, outsideBase, flatBufferBytes: structure.length + regions.inside.byteLength }
}

/** Large enough that the builder seldom has to grow, which copies everything. */
function estimatedSize({ subgraphs = [], buffers = [] }: Model): number {
  return subgraphs.reduce(
    (sum, { tensors = [], operators = [] }) => sum + tensors.length * 256 + operators.length * 128,
    1024 + buffers.length * 64,
  )
}

/** What a table says of bytes that go outside the FlatBuffer: where they will be. */
function withOutsideOffset(writer: Writer, name: string, table: PlainTable): PlainTable {
  const fields = outsideFields[name]
  if (fields === undefined) return table
  const { outside: range, ...others } = table
  const blob = (others[fields.bytes] ?? range) as Blob | undefined
  if (blob === undefined) return table
  const isOutside = ((others[fields.offset] as bigint | undefined) ?? 0n) > 1n
  const goesOutside = isOutside || (writer.allOutside && name === 'Buffer' && blob.byteLength > 0)
  if (!goesOutside) return { ...others, [fields.bytes]: blob }
  const start = writer.outsideBase + placeBlob(writer.outside, blob, 0)
  const { [fields.bytes]: _inside, ...rest } = others
  // Offsets of 0 and 1 stand for none, also while the true ones are not known yet.
  const offset = BigInt(Math.max(start, blobAlignment))
  return { ...rest, [fields.offset]: offset, [fields.size]: BigInt(blob.byteLength) }
}

function writeTable(writer: Writer, name: string, value: PlainTable, path: Path): Offset {
  return once(writtenOf(writer, name), value, () =>
    writeFields(writer, name, withOutsideOffset(writer, name, value), path),
  )
}

function writeFields(writer: Writer, name: string, table: PlainTable, path: Path): Offset {
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
  if (numberOf(kind.tags, member.kind) === undefined)
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
    builder.addInt8(numberOf(kind.tags, (value as { kind: string }).kind) ?? 0)
    builder.slot(id - 1)
  }
}

function enumNumber({ names }: FieldKind & { kind: 'enum' }, name: string, path: Path): number {
  const number = numberOf(names, name) ?? (/^UNKNOWN_-?\d+$/.test(name) ? Number(name.slice(8)) : undefined)
  if (number === undefined) throw formatError(path, name, `one of ${[...names.values()].join(', ')}`)
  return number
}

function writeReference(writer: Writer, kind: FieldKind, value: unknown, align: number, path: Path): Offset {
  switch (kind.kind) {
    case 'table':
      return writeTable(writer, kind.table, value as PlainTable, path)
    case 'string':
      return once(writer.shared, `string ${String(value)}`, () => {
        const bytes = encodeText(String(value))
        // The terminating zero is not counted in the length that stands before the text.
        writer.builder.addInt8(0)
        return writeBytes(writer.builder, bytes, 1)
      })
    case 'bytes':
      return writeByteVector(writer, value as Blob, align)
    case 'vector':
      return writeVector(writer, kind.element, value as readonly unknown[], align, path)
    default:
      throw formatError(path, 'a stored value', 'a reference')
  }
}

function writeByteVector({ builder, inside }: Writer, blob: Blob, align: number): Offset {
  if (blob.byteLength >= shortestBlob) return vectorLengthBytes - placeBlob(inside, blob, vectorLengthBytes)
  return writeBytes(builder, ArrayBuffer.isView(blob) ? blob : readRange(blob), align)
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
    if (values.length > longestSharedVector) return write()
    return once(writer.shared, vectorKey(element.storage, align, numbers), write)
  }
  const type = element.kind === 'table' ? `[${element.table}]` : element.kind
  return once(writtenOf(writer, type), values, () => writeReferences(writer, element, values, path))
}

function writeReferences(writer: Writer, element: FieldKind, values: readonly unknown[], path: Path): Offset {
  const { builder } = writer
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

function writtenOf({ written }: Writer, type: string): Map<unknown, Offset> {
  const known = written.get(type) ?? new Map<unknown, Offset>()
  written.set(type, known)
  return known
}

function once<Key>(written: Map<Key, Offset>, key: Key, write: () => Offset): Offset {
  const known = written.get(key)
  if (known !== undefined) return known
  const offset = write()
  written.set(key, offset)
  return offset
}
