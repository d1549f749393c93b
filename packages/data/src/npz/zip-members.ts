import type { ByteSource } from '../byte-source.ts'
import { dataError } from '../data-error.ts'

/** A file within a zip archive. */
export interface ZipMember {
  readonly name: string
  readonly size: number
  readonly compressedSize: number
  readonly compression: 'stored' | 'deflated'
  /** Position of its local header. */
  readonly header: number
}

const endSignature = 0x06054b50
const end64LocatorSignature = 0x07064b50
const end64Signature = 0x06064b50
const memberSignature = 0x02014b50
const localSignature = 0x04034b50
const endLength = 22
const longestComment = 0xffff
const full32 = 0xffffffff

/**
 * The files of a zip archive, from its central directory, the 64-bit forms included. Follows PKWARE's APPNOTE.TXT 6.3.
 *
 * @throws DataError for a damaged archive, and for members that are encrypted or compressed in another way than deflate.
 */
export async function zipMembers(source: ByteSource): Promise<readonly ZipMember[]> {
  const { start, size, count } = await findDirectory(source)
  if (!(start >= 0 && size >= 0 && start + size <= source.size)) throw damaged(source.name)
  const bytes = await source.read(start, start + size)
  const view = viewOf(bytes)
  const members: ZipMember[] = []
  for (let at = 0; members.length < count;) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== memberSignature) throw damaged(source.name)
    const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    members.push(readMember(source.name, bytes.subarray(at, at + 46 + lengths[0]! + lengths[1]!)))
    at += 46 + lengths.reduce((sum, length) => sum + length, 0)
  }
  return members
}

/** Where the bytes of a member start, behind its local header. */
export async function memberStart(
  source: ByteSource,
  { header, name, compressedSize }: ZipMember,
): Promise<number> {
  if (header + 30 > source.size) throw damaged(source.name)
  const view = viewOf(await source.read(header, header + 30))
  const start = header + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  if (view.getUint32(0, true) === localSignature && start + compressedSize <= source.size) return start
  throw damaged(`${source.name}, ${name}`)
}

async function findDirectory(source: ByteSource) {
  const tailStart = Math.max(0, source.size - endLength - longestComment)
  const tail = await source.read(tailStart, source.size)
  const view = viewOf(tail)
  for (let at = tail.length - endLength; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue
    const count = view.getUint16(at + 10, true)
    const size = view.getUint32(at + 12, true)
    const start = view.getUint32(at + 16, true)
    const locator = at - 20
    const wide = locator >= 0 && view.getUint32(locator, true) === end64LocatorSignature
    return wide ? await findDirectory64(source, view.getBigUint64(locator + 8, true)) : { start, size, count }
  }
  throw dataError(source.name, `${source.size} bytes without the end of a zip archive`, 'a .npz file', advice)
}

async function findDirectory64(source: ByteSource, position: bigint) {
  const at = Number(position)
  if (at + 56 > source.size) throw damaged(source.name)
  const view = viewOf(await source.read(at, at + 56))
  if (view.getUint32(0, true) !== end64Signature) throw damaged(source.name)
  const [count = 0, size = 0, start = 0] = [32, 40, 48].map((field) => Number(view.getBigUint64(field, true)))
  return { start, size, count }
}

function readMember(archive: string, record: Uint8Array): ZipMember {
  const view = viewOf(record)
  const nameLength = view.getUint16(28, true)
  const name = new TextDecoder().decode(record.subarray(46, 46 + nameLength))
  const method = view.getUint16(10, true)
  const encrypted = (view.getUint16(8, true) & 1) === 1
  if (encrypted || (method !== 0 && method !== 8)) {
    const found = encrypted ? 'encryption' : `compression method ${method}`
    throw dataError(`${archive}, ${name}`, found, 'a stored or deflated file', 'Save it with numpy.savez')
  }
  const [size = 0, compressedSize = 0, header = 0] = wideFields(view, 46 + nameLength, [24, 20, 42])
  return { name, size, compressedSize, header, compression: method === 0 ? 'stored' : 'deflated' }
}

/** Fields that are full stand, in this order, in the extra field of kind 1. */
function wideFields(view: DataView, extras: number, fields: readonly number[]): readonly number[] {
  let extra = extras
  while (extra + 4 <= view.byteLength && view.getUint16(extra, true) !== 1)
    extra += 4 + view.getUint16(extra + 2, true)
  let at = extra + 4
  return fields.map((field) => {
    const short = view.getUint32(field, true)
    if (short !== full32 || at + 8 > view.byteLength) return short
    at += 8
    return Number(view.getBigUint64(at - 8, true))
  })
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const advice = 'The file is damaged or cut short; get it again'
const damaged = (name: string): Error => dataError(name, 'a damaged zip archive', 'a .npz file', advice)
