/** Bytes that can be read piece by piece: a file, a blob, or an array in memory. */
export interface ByteSource {
  /** How errors call it. */
  readonly name: string
  readonly size: number
  /** Exactly the bytes from `start` to before `end`; `end` is never beyond `size`. */
  read(start: number, end: number): Promise<Uint8Array> | Uint8Array
  close?(): Promise<void>
}

/** Bytes that arrive in order, such as the body of a response. */
export interface ByteStream {
  /** How errors call it. */
  readonly name: string
  readonly stream: AsyncIterable<Uint8Array>
  close?(): Promise<void>
}

/** A byte source over memory, whose pieces are views, or over a blob, which is read when asked. */
export function byteSource(name: string, source: Uint8Array | Blob): ByteSource {
  if (source instanceof Uint8Array) {
    return { name, size: source.byteLength, read: (start, end) => source.subarray(start, end) }
  }
  const read = async (start: number, end: number): Promise<Uint8Array> =>
    new Uint8Array(await source.slice(start, end).arrayBuffer())
  return { name, size: source.size, read }
}
