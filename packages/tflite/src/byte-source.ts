/**
 * A file that is read in parts, when they are asked for: what does not fit into memory, or need not be there. Reading is
 * synchronous, as the work on samples is; `openSync` and `readSync` of Node, or `FileReaderSync` of a worker, make one.
 */
export interface ByteSource {
  /** Size of the file. */
  readonly byteLength: number
  /** The bytes from `start` up to `end`, which lie within the file. */
  read(start: number, end: number): Uint8Array
}

/** Bytes of a file that are not in memory. */
export interface FileRange {
  readonly source: ByteSource
  readonly start: number
  readonly byteLength: number
}

/** Reads a range as a whole. */
export function readRange({ source, start, byteLength }: FileRange): Uint8Array {
  return source.read(start, start + byteLength)
}

/** A file in memory as a source; what it reads are views. */
export function sourceOf(file: Uint8Array): ByteSource {
  // Node's Buffer is an Uint8Array whose `slice` shares memory; plain views behave the same everywhere.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
  return { byteLength: bytes.length, read: (start, end) => bytes.subarray(start, end) }
}
