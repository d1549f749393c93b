/** A number of an archive: where it stands, and how many bytes it has. */
export interface Field {
  readonly at: number
  readonly bytes: 4 | 8
  /** True where zip64 has the same number in 64 bits. */
  readonly repeated?: boolean
}

/** A member as the central directory has it. */
export interface DirectoryEntry {
  readonly nameAt: number
  readonly nameBytes: number
  /** Size of its content. */
  readonly size: number
  /** How its content is packed: 0 as it is, 8 by deflate. */
  readonly method: number
  readonly packedBytes: number
  /** Where the directory says at which offset the member begins. */
  readonly offset: Field
}

/** The central directory of a zip archive, by positions in the bytes that hold it. */
export interface Directory {
  readonly start: number
  readonly entries: readonly DirectoryEntry[]
  /** Where the archive says at which offset the directory begins; twice in zip64. */
  readonly startFields: readonly Field[]
  /** Where zip64 says at which offset its end record begins. */
  readonly endRecordField?: Field
}

/** Records of zip archives, by their first four bytes (PKWARE APPNOTE 6.3, section 4.3). */
const signatures = {
  entry: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const
const sizes = { entry: 46, end: 22, end64: 56, locator64: 20 } as const

/** Stands for a number that only zip64 has. */
export const inZip64 = 0xffffffff

/**
 * Finds the directory of a zip archive that ends with these bytes; undefined where there is none, or its records are not what
 * the format says.
 */
export function locateDirectory(bytes: Uint8Array): Directory | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const directorySize = { at: end + 12, bytes: 4 } as const
  const startFields = [{ at: end + 16, bytes: 4 }] as const
  const end64 = findEnd64(view, end)
  if (end64 === undefined) return directoryBefore(view, end, directorySize, startFields)
  const endRecordField = { at: end - sizes.locator64 + 8, bytes: 8 } as const
  const fields = [
    { ...startFields[0], repeated: true },
    { at: end64 + 48, bytes: 8 },
  ] as const
  const found = directoryBefore(view, end64, { at: end64 + 40, bytes: 8 }, fields)
  return found === undefined ? undefined : { ...found, endRecordField }
}

/** The value of a field. */
export function readField(view: DataView, { at, bytes }: Field): number {
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}

/** The end record may be followed by a comment of the length that it states. */
function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - sizes.end
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== signatures.end) continue
    if (at + sizes.end + view.getUint16(at + 20, true) <= view.byteLength) return at
  }
  return undefined
}

/** The end record of zip64 stands right before its locator, whose own statement counts from who knows where. */
function findEnd64(view: DataView, end: number): number | undefined {
  const locator = end - sizes.locator64
  const at = locator - sizes.end64
  if (at < 0 || view.getUint32(locator, true) !== signatures.locator64) return undefined
  return view.getUint32(at, true) === signatures.end64 ? at : undefined
}

function directoryBefore(
  view: DataView,
  end: number,
  sizeField: Field,
  startFields: readonly Field[],
): Directory | undefined {
  const start = end - readField(view, sizeField)
  if (start < 0) return undefined
  const entries: DirectoryEntry[] = []
  let at = start
  while (at < end) {
    if (at + sizes.entry > end || view.getUint32(at, true) !== signatures.entry) return undefined
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    )
    const next = at + sizes.entry + nameBytes! + extraBytes! + commentBytes!
    if (next > end) return undefined
    const entry = directoryEntry(view, at, nameBytes!, extraBytes!)
    if (entry === undefined) return undefined
    entries.push(entry)
    at = next
  }
  return { start, entries, startFields }
}

/** Numbers that do not fit into 32 bits stand in an extra field, in the order size, compressed size, offset. */
function directoryEntry(
  view: DataView,
  at: number,
  nameBytes: number,
  extraBytes: number,
): DirectoryEntry | undefined {
  const nameAt = at + sizes.entry
  const extra = zip64Extra(view, nameAt + nameBytes, extraBytes)
  let next = extra?.at ?? 0
  const end = next + (extra?.bytes ?? 0)
  const fieldAt = (position: number): Field | undefined => {
    if (view.getUint32(position, true) !== inZip64 || extra === undefined) return { at: position, bytes: 4 }
    if (next + 8 > end) return undefined
    next += 8
    return { at: next - 8, bytes: 8 }
  }
  const [size, compressed, offset] = [fieldAt(at + 24), fieldAt(at + 20), fieldAt(at + 42)]
  if (size === undefined || compressed === undefined || offset === undefined) return undefined
  const method = view.getUint16(at + 10, true)
  const [contentBytes, packedBytes] = [readField(view, size), readField(view, compressed)]
  return { nameAt, nameBytes, size: contentBytes, method, packedBytes, offset }
}

function zip64Extra(view: DataView, from: number, bytes: number): { at: number; bytes: number } | undefined {
  const end = from + bytes
  let at = from
  while (at + 4 <= end) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)]
    if (at + 4 + length > end) return undefined
    if (id === 1) return { at: at + 4, bytes: length }
    at += 4 + length
  }
  return undefined
}
