import { readRange } from '../byte-source.ts'
import type { FileRange } from '../byte-source.ts'

/** Bytes too many to copy: they are written from where they are. */
export type Blob = Uint8Array | FileRange

/** Large byte vectors one behind the other; each starts at a multiple of 16, `header` bytes behind one. */
export interface BlobRegion {
  /** Size so far. */
  byteLength: number
  readonly placed: { readonly start: number; readonly blob: Blob }[]
  /** Where the bytes of each blob stand: what shares bytes shares them again. */
  readonly known: Map<unknown, Map<string, number>>
}

/** Addresses of blobs are multiples of this: the schema asks it for buffers, and vector instructions like it. */
export const blobAlignment = 16

/** Reads of a blob that is not in memory are at most this long. */
const chunkBytes = 2 ** 23

export const emptyRegion = (): BlobRegion => ({ byteLength: 0, placed: [], known: new Map() })

/** Smallest multiple of {@link blobAlignment} from `position` on. */
export const aligned = (position: number): number => Math.ceil(position / blobAlignment) * blobAlignment

/** Places a blob with room for `header` bytes before it; returns where its bytes start. The same bytes are placed once. */
export function placeBlob(region: BlobRegion, blob: Blob, header: number): number {
  const { known } = region
  const [memory, from] = ArrayBuffer.isView(blob) ? [blob.buffer, blob.byteOffset] : [blob.source, blob.start]
  const inMemory = known.get(memory) ?? new Map<string, number>()
  known.set(memory, inMemory)
  const key = `${from} ${blob.byteLength}`
  const placed = inMemory.get(key)
  if (placed !== undefined) return placed
  const start = aligned(region.byteLength + header)
  region.placed.push({ start, blob })
  region.byteLength = start + blob.byteLength
  inMemory.set(key, start)
  return start
}

/** The bytes of a region from first to last, gaps of zeros included; `header` says what stands before a blob. */
export function* regionParts(region: BlobRegion, header: (blob: Blob) => Uint8Array): Generator<Uint8Array> {
  let position = 0
  for (const { start, blob } of region.placed) {
    const before = header(blob)
    yield new Uint8Array(start - before.length - position)
    yield before
    yield* blobParts(blob)
    position = start + blob.byteLength
  }
}

function* blobParts(blob: Blob): Generator<Uint8Array> {
  if (ArrayBuffer.isView(blob)) {
    yield blob
    return
  }
  const end = blob.start + blob.byteLength
  for (let start = blob.start; start < end; start += chunkBytes) {
    yield readRange({ ...blob, start, byteLength: Math.min(chunkBytes, end - start) })
  }
}
