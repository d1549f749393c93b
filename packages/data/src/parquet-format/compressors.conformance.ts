import { brotliCompressSync, gzipSync } from 'node:zlib'

/** What writes the compressed pages of test files, by the name of the codec in Parquet. */
export const compressors: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  GZIP: (bytes) => new Uint8Array(gzipSync(bytes)),
  BROTLI: (bytes) => new Uint8Array(brotliCompressSync(bytes)),
  LZ4_RAW: lz4,
  ZSTD: zstandard,
}

/** One sequence of literals (LZ4 block format): its length in the upper half of a byte and in bytes of 255 after it. */
function lz4(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length - 15
  const length =
    rest < 0 ? [bytes.length << 4] : [0xf0, ...Array<number>(Math.floor(rest / 255)).fill(255), rest % 255]
  return Uint8Array.from([...length, ...bytes])
}

/** A frame of one raw block, its size in four bytes (RFC 8878, section 3.1.1). */
function zstandard(bytes: Uint8Array): Uint8Array {
  const little = (value: number, count: number): number[] =>
    Array.from({ length: count }, (_, at) => (value >>> (8 * at)) & 255)
  const lastRawBlock = (bytes.length << 3) | 1
  const header = [...little(0xfd2fb528, 4), 0xa0, ...little(bytes.length, 4), ...little(lastRawBlock, 3)]
  return Uint8Array.from([...header, ...bytes])
}
