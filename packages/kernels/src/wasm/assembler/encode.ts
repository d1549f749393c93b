/** Bytes of WebAssembly code or of a part of a module, in order. */
export type Bytes = readonly number[]

/**
 * WebAssembly code, a character from U+0000 to U+00FF for each byte: engines join strings without running any of our code,
 * which matters as most models are compiled once, by code that runs for the first time.
 */
export type Code = string

/** What Node has for bytes, and browsers have not. */
interface NodeBuffers {
  readonly Buffer?: {
    from(memory: ArrayBuffer): { write(text: string, at: number, encoding: 'latin1'): void }
  }
}

/** The bytes of code, behind `from` zeros. */
export function codeBytes(code: Code, from = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(from + code.length)
  const { Buffer } = globalThis as NodeBuffers
  if (Buffer !== undefined) Buffer.from(bytes.buffer).write(code, from, 'latin1')
  else for (let at = 0; at < code.length; at++) bytes[from + at] = code.charCodeAt(at)
  return bytes
}

/** Bytes as code. */
export function bytesCode(bytes: Bytes | Uint8Array): Code {
  // Spreading would make an object for each byte in code that is not optimized yet.
  return String.fromCharCode.apply(undefined, bytes as number[])
}

const shortCodes: Code[] = []

/** {@link unsigned} as code. */
export function unsignedCode(value: number): Code {
  if (value < 128) return (shortCodes[value] ??= String.fromCharCode(value))
  if (value < 16384) return String.fromCharCode((value & 0x7f) | 0x80, value >> 7)
  return bytesCode(unsigned(value))
}

/** {@link signed} as code. */
export function signedCode(value: number): Code {
  if (value >= 0 && value < 64) return unsignedCode(value)
  // Addresses and sizes are of three bytes, nearly all of them.
  if (value >= 1 << 13 && value < 1 << 20)
    return String.fromCharCode((value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, value >> 14)
  if (value >= 64 && value < 1 << 13) return String.fromCharCode((value & 0x7f) | 0x80, value >> 7)
  return bytesCode(signed(value))
}

/** LEB128 of an unsigned integer below 2^32 (WebAssembly specification 5.2.2). */
export function unsigned(value: number): Bytes {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? low | 0x80 : low)
  } while (rest > 0)
  return bytes
}

/** LEB128 of a signed 32-bit integer. */
export function signed(value: number): Bytes {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
    bytes.push(last ? low : low | 0x80)
    if (last) return bytes
  }
}

/** A vector: the number of items, then the items. */
export function vector(items: readonly Bytes[]): Bytes {
  return [...unsigned(items.length), ...items.flat()]
}

/** A name: its length in bytes, then its UTF-8. */
export function name(text: string): Bytes {
  const bytes = new TextEncoder().encode(text)
  return [...unsigned(bytes.length), ...bytes]
}
