import { sourceOf } from '../byte-source.ts'
import type { ByteSource } from '../byte-source.ts'
import type { Model } from '../types.ts'
import { withOutsideBytes } from './outside.ts'
import type { OutsideReader } from './outside.ts'
import { tablePlan } from './plan.ts'
import type { FieldPlan, TablePlan } from './plan.ts'
import { formatError } from './path.ts'
import type { Path } from './path.ts'
import { renderPath } from './path.ts'
import type { FieldKind } from './scalars.ts'
import { decodeText } from './utf8.ts'

/** Zeros at the end of a file that are padding rather than content: up to a multiple of 16, and 16 more for kernels that read ahead. */
const maximumPadding = 31

/** How much of a file that is not in memory is read at first; more when its FlatBuffer turns out to reach further. */
const firstPart = 2 ** 24

/** Offsets of a FlatBuffer reach no further, and arrays of no engine that runs this are shorter. */
const largestPart = 2 ** 31 - 1

/** What a damaged file may make us allocate: so many bytes per byte of the file, and some for the smallest files. */
const allocationFactor = 8
const allocationFloor = 1 << 16

interface Reader extends OutsideReader {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** What has been decoded, by type and offset: sharing in the file is sharing in memory, so it cannot multiply work. */
  readonly decoded: Map<string, Map<number, unknown>>
  /** What vtables say, by the table of the schema and the position. */
  readonly layouts: Map<TablePlan, Map<number, TableLayout>>
  readonly unknownFields: string[]
  /** Bytes that decoding may still allocate. */
  allowance: number
}

/** Thrown when a part of a file refers to bytes of the file that are behind it. */
class BeyondPart extends Error {
  readonly end: number

  constructor(end: number) {
    super(`the part ends before byte ${end}`)
    this.end = end
  }
}

/**
 * Reads a `.tflite` file. Weights and other byte vectors are views on `file`, which must not change afterwards.
 *
 * Of a {@link ByteSource} only the FlatBuffer is read: buffers outside it, which files over 2 GB have, stay where they are and
 * are read when they are asked for, so the source must stay open as long as the model is in use.
 *
 * Every offset is checked before it is followed. What the file shares is shared in memory; time and memory are bounded
 * by the size of the file.
 *
 * @throws ModelFormatError whose `subject` is the path to the fault, such as `subgraphs[0].operators[3].inputs`.
 *
 * @example
 * const model = readModel(await readFile('model.tflite'))
 * model.subgraphs?.[0]?.operators?.length
 */
export function readModel(file: Uint8Array | ByteSource): Model {
  return readBounded(file).model
}

interface Bounded {
  readonly model: Model
  /** First byte behind what the model refers to. */
  readonly end: number
}

/** Reads a model, and finds the first byte behind what it refers to. */
export function readBounded(file: Uint8Array | ByteSource): Bounded {
  if (ArrayBuffer.isView(file)) return readPart(sourceOf(file), file.byteLength)
  let length = Math.min(firstPart, file.byteLength)
  for (;;) {
    try {
      return readPart(file, length)
    } catch (error) {
      if (!(error instanceof BeyondPart)) throw error
      if (error.end > largestPart) throw tooFar(error.end)
      length = Math.min(Math.max(error.end, length * 4), file.byteLength, largestPart)
    }
  }
}

const tooFar = (end: number): Error =>
  formatError(
    { segment: '' },
    `a FlatBuffer that reaches to byte ${end}`,
    `one of at most ${largestPart} bytes`,
  )

function readPart(source: ByteSource, length: number): Bounded {
  const root: Path = { segment: '' }
  const bytes = source.read(0, length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8) throw formatError(root, `${bytes.length} bytes`, 'at least the 8 bytes of a header')
  const identifier = String.fromCharCode(...bytes.subarray(4, 8))
  if (identifier !== 'TFL3')
    throw formatError(root, `file identifier ${JSON.stringify(identifier)}`, '"TFL3"')
  const reader: Reader = {
    ...{ bytes, view, source, inMemory: bytes.length === source.byteLength },
    decoded: new Map(),
    layouts: new Map(),
    unknownFields: [],
    end: 8,
    allowance: bytes.length * allocationFactor + allocationFloor,
    outsideAllowance: source.byteLength,
  }
  const model = readTable(reader, 'Model', follow(reader, 0, root), root) as unknown as Model
  return { model: { ...model, ...trailingOf(reader), ...unknownOf(reader) }, end: reader.end }
}

function trailingOf({ source, end }: Reader): Pick<Model, 'trailing'> {
  const length = source.byteLength - end
  if (length > largestPart) {
    throw formatError({ segment: 'trailing' }, `${length} bytes behind the model`, `at most ${largestPart}`)
  }
  const rest = source.read(end, source.byteLength)
  return rest.length <= maximumPadding && rest.every((byte) => byte === 0) ? {} : { trailing: rest }
}

const unknownOf = ({ unknownFields }: Reader): Pick<Model, 'unknownFields'> =>
  unknownFields.length === 0 ? {} : { unknownFields }

function readTable(reader: Reader, name: string, at: number, path: Path): Record<string, unknown> {
  return once(reader, name, at, () => {
    const plan = tablePlan(name)
    allocate(reader, 32 + plan.fields.length * 8, path)
    const { size, fields, unknown } = layoutAt(reader, plan, at, path)
    touch(reader, at, size, path, 'a table')
    const table: Record<string, unknown> = {}
    for (const { field, offset, tagOffset } of fields) {
      const value =
        offset === 0 && tagOffset === 0
          ? field.absent
          : readField(reader, field, { at, offset, tagOffset }, { parent: path, segment: field.name })
      if (value !== undefined) table[field.name] = value
    }
    for (const slot of unknown)
      reader.unknownFields.push(renderPath({ parent: path, segment: `field ${slot}` }))
    return withOutsideBytes(reader, name, table, path) as Record<string, unknown>
  })
}

/** What a vtable says of the tables that share it, which writers let all tables do that store the same fields. */
interface TableLayout {
  /** Bytes of a table. */
  readonly size: number
  /** The fields that are stored or have a value otherwise, in the schema's order. */
  readonly fields: readonly PlacedField[]
  /** Slots that are used but unknown to the schema. */
  readonly unknown: readonly number[]
}

/** Where a field stands in its table, 0 where it is not stored. */
interface PlacedField {
  readonly field: FieldPlan
  readonly offset: number
  /** Of the tag of a union. */
  readonly tagOffset: number
}

function layoutAt(reader: Reader, plan: TablePlan, at: number, path: Path): TableLayout {
  const { view, layouts } = reader
  touch(reader, at, 4, path, 'a table')
  const vtable = at - view.getInt32(at, true)
  let ofTable = layouts.get(plan)
  if (ofTable === undefined) layouts.set(plan, (ofTable = new Map<number, TableLayout>()))
  let layout = ofTable.get(vtable)
  if (layout === undefined) ofTable.set(vtable, (layout = readLayout(reader, plan, vtable, path)))
  return layout
}

function readLayout(reader: Reader, plan: TablePlan, vtable: number, path: Path): TableLayout {
  const { view } = reader
  touch(reader, vtable, 4, path, 'a vtable')
  const vtableSize = view.getUint16(vtable, true)
  const size = Math.max(view.getUint16(vtable + 2, true), 4)
  if (vtableSize < 4 || vtableSize % 2 !== 0)
    throw formatError(path, `a vtable of ${vtableSize} bytes`, 'an even 4 or more')
  touch(reader, vtable, vtableSize, path, 'a vtable')
  const slots = (vtableSize - 4) / 2
  const offsetOf = (slot: number, width: number, fieldPath: Path): number => {
    const offset = slot < slots ? view.getUint16(vtable + 4 + 2 * slot, true) : 0
    if (offset === 0 || (offset >= 4 && offset + width <= size)) return offset
    throw formatError(
      fieldPath,
      `a field of ${width} bytes at ${offset}`,
      `one inside its table of ${size} bytes`,
    )
  }
  const fields: PlacedField[] = []
  for (const field of plan.fields) {
    const { kind, id, name, absent } = field
    const fieldPath = { parent: path, segment: name }
    const width = kind.kind === 'scalar' || kind.kind === 'enum' ? kind.codec.size : 4
    const tagOffset = kind.kind === 'union' ? offsetOf(id - 1, 1, fieldPath) : 0
    const offset = offsetOf(id, width, fieldPath)
    if (offset > 0 || tagOffset > 0 || absent !== undefined) fields.push({ field, offset, tagOffset })
  }
  const unknown: number[] = []
  for (let slot = plan.slots; slot < slots; slot++) if (offsetOf(slot, 1, path) !== 0) unknown.push(slot)
  return { size, fields, unknown }
}

/** Reads a field of the table at `at` that is stored. */
function readField(
  reader: Reader,
  { kind }: FieldPlan,
  { at, offset, tagOffset }: { at: number; offset: number; tagOffset: number },
  path: Path,
): unknown {
  switch (kind.kind) {
    case 'scalar':
      return kind.codec.read(reader.view, at + offset)
    case 'enum':
      return enumName(kind.names, kind.codec.read(reader.view, at + offset))
    case 'union':
      return offset === 0 || tagOffset === 0
        ? undefined
        : readUnion(reader, kind.tags, reader.view.getUint8(at + tagOffset), at + offset, path)
    default:
      return readReference(reader, kind, follow(reader, at + offset, path), path)
  }
}

const enumName = (names: ReadonlyMap<number, string>, value: number | bigint | boolean): string =>
  names.get(Number(value)) ?? `UNKNOWN_${Number(value)}`

function readUnion(
  reader: Reader,
  tags: ReadonlyMap<number, string>,
  tag: number,
  valueAt: number,
  path: Path,
): unknown {
  if (tag === 0) return undefined
  const member = tags.get(tag)
  if (member === undefined) {
    reader.unknownFields.push(`${renderPath(path)} (member ${tag})`)
    return undefined
  }
  const at = follow(reader, valueAt, path)
  return once(reader, `member ${member}`, at, () => ({
    kind: member,
    ...readTable(reader, member, at, path),
  }))
}

function readReference(reader: Reader, kind: FieldKind, at: number, path: Path): unknown {
  switch (kind.kind) {
    case 'table':
      return readTable(reader, kind.table, at, path)
    case 'string': {
      const length = vectorLength(reader, at, 1, path)
      const terminator = at + 4 + length
      if (reader.bytes[terminator] === 0 && terminator >= reader.end) reader.end = terminator + 1
      return once(reader, 'string', at, () => {
        allocate(reader, 32 + 2 * length, path)
        return decodeText(reader.bytes.subarray(at + 4, terminator))
      })
    }
    case 'bytes': {
      const length = vectorLength(reader, at, 1, path)
      return reader.bytes.subarray(at + 4, at + 4 + length)
    }
    case 'vector':
      return readVector(reader, kind.element, at, path)
    default:
      throw formatError(path, 'a reference', 'a value')
  }
}

function readVector(reader: Reader, element: FieldKind, at: number, path: Path): unknown {
  return once(reader, vectorKey(element), at, () => {
    const size = element.kind === 'scalar' || element.kind === 'enum' ? element.codec.size : 4
    const length = vectorLength(reader, at, size, path)
    allocate(reader, 32 + length * Math.max(8, 2 * size), path)
    if (element.kind === 'scalar' && element.codec.readAll !== undefined)
      return element.codec.readAll(reader.bytes.subarray(at + 4, at + 4 + length * size))
    const values = new Array<unknown>(length)
    for (let i = 0; i < length; i++) {
      const position = at + 4 + i * size
      if (element.kind === 'scalar') values[i] = element.codec.read(reader.view, position)
      else if (element.kind === 'enum')
        values[i] = enumName(element.names, element.codec.read(reader.view, position))
      else {
        const item = { parent: path, segment: i }
        values[i] = readReference(reader, element, follow(reader, position, item), item)
      }
    }
    return values
  })
}

const vectorKeys = new Map<FieldKind, string>()

/** Field kinds are made once each, so they identify the type of a vector. */
function vectorKey(element: FieldKind): string {
  const known = vectorKeys.get(element)
  if (known !== undefined) return known
  const key = `vector ${vectorKeys.size}`
  vectorKeys.set(element, key)
  return key
}

function vectorLength(reader: Reader, at: number, elementSize: number, path: Path): number {
  touch(reader, at, 4, path, 'a vector')
  const length = reader.view.getUint32(at, true)
  touch(reader, at + 4, length * elementSize, path, `a vector of ${length} elements`)
  return length
}

/** The position that the offset stored at `at` points to. */
function follow(reader: Reader, at: number, path: Path): number {
  const offset = reader.view.getUint32(at, true)
  if (offset === 0) throw formatError(path, 'an offset of 0', 'one that points forward')
  return at + offset
}

/** Makes sure that a range lies in the file, and remembers how far the model reaches. */
function touch(reader: Reader, at: number, length: number, path: Path, what: string): void {
  const end = at + length
  if (at < 0 || end > reader.bytes.length) {
    if (at >= 0 && end <= reader.source.byteLength) throw new BeyondPart(end)
    throw formatError(
      path,
      `${what} from byte ${at} to ${end}`,
      `one inside the file of ${reader.source.byteLength} bytes`,
    )
  }
  if (end > reader.end) reader.end = end
}

function allocate(reader: Reader, bytes: number, path: Path): void {
  reader.allowance -= bytes
  if (reader.allowance < 0) {
    throw formatError(
      path,
      `content many times the file of ${reader.bytes.length} bytes`,
      'parts that do not overlap',
    )
  }
}

function once<Value>({ decoded }: Reader, type: string, at: number, decode: () => Value): Value {
  let ofType = decoded.get(type)
  if (ofType === undefined) decoded.set(type, (ofType = new Map<number, unknown>()))
  if (ofType.has(at)) return ofType.get(at) as Value
  const value = decode()
  ofType.set(at, value)
  return value
}
