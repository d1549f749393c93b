import type { ByteSource } from '../byte-source.ts'
import { dataError } from '../data-error.ts'
import { memberStart } from './zip-members.ts'
import type { ZipMember } from './zip-members.ts'

/**
 * A member of an archive as a byte source. A stored one is read anywhere; a deflated one from start to end only, with what
 * was read last kept, so memory does not grow with it.
 */
export async function memberSource(archive: ByteSource, member: ZipMember): Promise<ByteSource> {
  const start = await memberStart(archive, member)
  const name = `${archive.name}, ${member.name}`
  if (member.compression === 'stored') {
    return { name, size: member.size, read: (from, to) => archive.read(start + from, start + to) }
  }
  return inflatedSource(name, member.size, compressedChunks(archive, start, member.compressedSize))
}

const chunkBytes = 1 << 18

async function* compressedChunks(
  archive: ByteSource,
  start: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += chunkBytes)
    yield await archive.read(start + at, start + Math.min(size, at + chunkBytes))
}

/** The last bytes that were read stay, because readers look at a header twice. */
const keptBytes = 1 << 21

function inflatedSource(name: string, size: number, compressed: AsyncGenerator<Uint8Array>): ByteSource {
  const reader = inflate(compressed).getReader()
  let kept = new Uint8Array()
  let keptStart = 0
  const pull = async (): Promise<void> => {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw dataError(
        name,
        `damaged data (${String(cause)})`,
        'a deflated array',
        'Get the file again',
        cause,
      )
    })
    if (done) throw dataError(name, `${keptStart + kept.length} bytes`, `${size}`, 'The file is cut short')
    const before = kept.subarray(Math.max(0, kept.length - keptBytes))
    keptStart += kept.length - before.length
    const joined = new Uint8Array(before.length + value.length)
    joined.set(before)
    joined.set(value, before.length)
    kept = joined
  }
  return {
    name,
    size,
    async read(start, end) {
      if (start < keptStart) throw dataError(name, `byte ${start} again`, 'reading from start to end')
      while (keptStart + kept.length < end) await pull()
      return kept.slice(start - keptStart, end - keptStart)
    },
    close: () => reader.cancel().catch(() => undefined),
  }
}

function inflate(compressed: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await compressed.next()
      if (done === true) controller.close()
      else controller.enqueue(value as Uint8Array<ArrayBuffer>)
    },
    async cancel() {
      await compressed.return(undefined)
    },
  })
  return source.pipeThrough(new DecompressionStream('deflate-raw'))
}
