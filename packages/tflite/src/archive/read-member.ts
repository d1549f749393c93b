import { decodeText } from '../codec/utf8.ts'
import type { Model } from '../types.ts'
import { locateDirectory, readField } from './locate-directory.ts'
import type { DirectoryEntry } from './locate-directory.ts'

/** Begins a member where it lies; the sizes of it are those of the directory (PKWARE APPNOTE 6.3, section 4.3.7). */
const local = { signature: 0x04034b50, bytes: 30, nameBytes: 26, extraBytes: 28 } as const

const methods = { stored: 0, deflate: 8 } as const

/**
 * The content of a file in the zip archive behind a model; undefined where there is no such file, or where it is damaged or packed
 * otherwise than by deflate.
 */
export async function readMember(
  { trailing }: Pick<Model, 'trailing'>,
  name: string,
): Promise<Uint8Array | undefined> {
  const directory = trailing && locateDirectory(trailing)
  if (trailing === undefined || directory === undefined) return undefined
  const view = new DataView(trailing.buffer, trailing.byteOffset, trailing.byteLength)
  const entry = directory.entries.find(
    ({ nameAt, nameBytes }) => decodeText(trailing.subarray(nameAt, nameAt + nameBytes)) === name,
  )
  if (entry === undefined) return undefined
  // The directory's stated offset less its place is where the offsets count from, seen from these bytes.
  const began = readField(view, directory.startFields.at(-1)!) - directory.start
  const packed = packedContent(trailing, view, entry, readField(view, entry.offset) - began)
  if (packed === undefined) return undefined
  if (entry.method === methods.stored) return packed.length === entry.size ? packed : undefined
  return entry.method === methods.deflate ? inflated(packed, entry.size) : undefined
}

function packedContent(
  bytes: Uint8Array,
  view: DataView,
  { packedBytes }: DirectoryEntry,
  at: number,
): Uint8Array | undefined {
  if (at < 0 || at + local.bytes > bytes.length || view.getUint32(at, true) !== local.signature)
    return undefined
  const [nameBytes, extraBytes] = [local.nameBytes, local.extraBytes].map((field) =>
    view.getUint16(at + field, true),
  )
  const start = at + local.bytes + nameBytes! + extraBytes!
  return start + packedBytes > bytes.length ? undefined : bytes.subarray(start, start + packedBytes)
}

/** No more than the directory promises is held, however much the bytes would become. */
async function inflated(packed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let held = 0
  try {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      held += part.value.length
      if (held > size) return undefined
      parts.push(part.value)
    }
  } catch {
    return undefined
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  return held === size ? joined(parts, size) : undefined
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
