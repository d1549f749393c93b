import type { ByteSource, ByteStream } from '../byte-source.ts'
import { dataError } from '../data-error.ts'

const magic = 'ARROW1'
const continuation = 'ffffffff'
const endOfStream = `${continuation}00000000`

/** Bytes at either end that tell whether Arrow data is whole. */
const markerBytes = 8

/**
 * Checks that Arrow data ends as its format says: a file with the magic it starts with, a stream with the end-of-stream
 * marker. The Arrow specification lets a stream end without one, but then samples lost between two batches would look
 * like success.
 *
 * @param head The first 8 bytes.
 * @param tail The last 8 bytes.
 * @throws DataError for data that is cut short.
 */
export function checkEndMarker(name: string, head: Uint8Array, tail: Uint8Array, size: number): void {
  const format = formatOf(head)
  if (format === undefined) return
  const whole = format === 'file' ? text(tail).endsWith(magic) : hex(tail) === endOfStream
  if (whole) return
  throw dataError(
    name,
    `${size} bytes without the end of an Arrow ${format}`,
    format === 'file' ? `"${magic}" at the end` : 'the end-of-stream marker FFFFFFFF 00000000 at the end',
    'The data is cut short or its writer was never closed; get it again',
  )
}

/** {@link checkEndMarker} for a source that can be read anywhere. */
export async function checkSourceEnd(source: ByteSource): Promise<void> {
  const { name, size } = source
  const head = await source.read(0, Math.min(markerBytes, size))
  const tail = await source.read(Math.max(0, size - markerBytes), size)
  checkEndMarker(name, head, tail, size)
}

/** The same bytes, checked when the last one has passed. */
export async function* checkedStream({ name, stream }: ByteStream): AsyncGenerator<Uint8Array> {
  let head = new Uint8Array()
  let tail = new Uint8Array()
  let size = 0
  for await (const chunk of stream) {
    if (head.length < markerBytes) head = joined(head, chunk).slice(0, markerBytes)
    tail = joined(tail, chunk.subarray(-markerBytes)).slice(-markerBytes)
    size += chunk.length
    yield chunk
  }
  checkEndMarker(name, head, tail, size)
}

function formatOf(head: Uint8Array): 'file' | 'stream' | undefined {
  if (text(head).startsWith(magic)) return 'file'
  return hex(head).startsWith(continuation) ? 'stream' : undefined
}

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
