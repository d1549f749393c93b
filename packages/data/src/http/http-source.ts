import type { ByteSource } from '../byte-source.ts'
import { dataError } from '../data-error.ts'

/**
 * A byte source behind a URL, read by range requests (RFC 9110, section 14), so that only the parts that are needed come over
 * the network. A server that does not know ranges sends everything once, and it is held in memory.
 *
 * @throws DataError naming the URL when there is no answer, or none with data.
 *
 * @example
 * samples(parquetRows((signal) => httpSource('https://example.com/samples.parquet', signal)))
 */
export async function httpSource(url: string, signal?: AbortSignal): Promise<ByteSource> {
  const answer = await request(url, 'bytes=0-0', signal)
  if (answer.status !== 206) return inMemory(url, await bodyOf(url, answer))
  await bodyOf(url, answer)
  const size = Number(/^bytes \d+-\d+\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1])
  if (!Number.isSafeInteger(size)) {
    const found = `content-range ${answer.headers.get('content-range') ?? 'missing'}`
    throw dataError(url, found, 'bytes 0-0/SIZE', 'Download the file and name its path')
  }
  return { name: url, size, read: (start, end) => readRange(url, start, end, signal) }
}

/**
 * The body behind a URL as it arrives, for formats that are read from start to end.
 *
 * @throws DataError naming the URL when there is no answer, or none with data.
 */
export async function httpStream(url: string, signal?: AbortSignal) {
  const answer = await request(url, undefined, signal)
  if (answer.body !== null) return { name: url, stream: chunksOf(url, answer.body) }
  throw dataError(url, 'an answer without a body', 'the data', 'Check the address')
}

async function readRange(url: string, start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
  if (start >= end) return new Uint8Array()
  const answer = await request(url, `bytes=${start}-${end - 1}`, signal)
  const bytes = await bodyOf(url, answer)
  if (answer.status === 206 && bytes.length === end - start) return bytes
  const found = `status ${answer.status} with ${bytes.length} bytes for bytes ${start} to ${end}`
  throw dataError(url, found, `${end - start} bytes`, 'The file changed while it was read; read it again')
}

async function request(url: string, range: string | undefined, signal?: AbortSignal): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, {
      ...(signal === undefined ? {} : { signal }),
      ...(range === undefined ? {} : { headers: { range } }),
    })
  } catch (cause) {
    signal?.throwIfAborted()
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
    const found = `no answer (${reason instanceof Error ? reason.message : String(reason)})`
    throw dataError(url, found, 'the data', 'Check the address and the network', cause)
  }
  if (answer.ok) return answer
  await answer.body?.cancel()
  throw dataError(url, `status ${answer.status} ${answer.statusText}`.trim(), 'the data', 'Check the address')
}

async function bodyOf(url: string, answer: Response): Promise<Uint8Array> {
  try {
    return new Uint8Array(await answer.arrayBuffer())
  } catch (cause) {
    throw brokenOff(url, cause)
  }
}

async function* chunksOf(url: string, body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw brokenOff(url, cause)
      })
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const inMemory = (name: string, bytes: Uint8Array): ByteSource => ({
  name,
  size: bytes.length,
  read: (start, end) => bytes.subarray(start, end),
})

function brokenOff(url: string, cause: unknown): Error {
  if (cause instanceof Error && cause.name === 'AbortError') return cause
  return dataError(url, `a transfer that broke off (${String(cause)})`, 'the data', 'Try again', cause)
}
