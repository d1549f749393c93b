import { readRange } from '../byte-source.ts'
import type { ByteSource, FileRange } from '../byte-source.ts'
import { formatError } from './path.ts'
import type { Path } from './path.ts'

type PlainTable = Readonly<Record<string, unknown>>

/** A file whose parts may stand outside its FlatBuffer. */
export interface OutsideReader {
  readonly source: ByteSource
  /** True when the whole file is in memory, so that every part of it is a view. */
  readonly inMemory: boolean
  /** First byte that nothing known refers to. */
  end: number
  /** Bytes that may still be read into memory from outside the FlatBuffer. */
  outsideAllowance: number
}

/** Names of the fields that tell where a table's bytes stand when they are not in the FlatBuffer. */
export const outsideFields: Readonly<Record<string, OutsideFields>> = {
  Buffer: { bytes: 'data', offset: 'offset', size: 'size' },
  Operator: {
    bytes: 'customOptions',
    offset: 'largeCustomOptionsOffset',
    size: 'largeCustomOptionsSize',
  },
}

/** See {@link outsideFields}. */
export interface OutsideFields {
  readonly bytes: string
  /** Counts from the start of the file; 0 and 1 stand for none. */
  readonly offset: string
  readonly size: string
}

/**
 * Adds to a table the bytes that it says stand outside the FlatBuffer, as files over 2 GB have them: as a view, or as a
 * range to read when the file is not in memory. Options of custom operators are small: they are read at once.
 */
export function withOutsideBytes(
  reader: OutsideReader,
  name: string,
  table: PlainTable,
  path: Path,
): PlainTable {
  const fields = outsideFields[name]
  if (fields === undefined || table[fields.bytes] !== undefined) return table
  const start = table[fields.offset] as bigint
  if (start <= 1n) return table
  const range = checkedRange(reader, start, table[fields.size] as bigint, {
    parent: path,
    segment: fields.offset,
  })
  if (!reader.inMemory && name === 'Buffer') return { ...table, outside: range }
  return { ...table, [fields.bytes]: readAtOnce(reader, range, path) }
}

function checkedRange(reader: OutsideReader, start: bigint, size: bigint, path: Path): FileRange {
  const { source } = reader
  const end = start + size
  if (end > BigInt(source.byteLength)) {
    throw formatError(path, `bytes ${start} to ${end}`, `some inside the file of ${source.byteLength} bytes`)
  }
  reader.end = Math.max(reader.end, Number(end))
  return { source, start: Number(start), byteLength: Number(size) }
}

function readAtOnce(reader: OutsideReader, range: FileRange, path: Path): Uint8Array {
  if (!reader.inMemory) reader.outsideAllowance -= range.byteLength
  if (reader.outsideAllowance < 0) {
    throw formatError(path, 'custom options that overlap many times', 'parts that do not overlap')
  }
  return readRange(range)
}
