/** Bytes of WebAssembly code or of a part of a module, in order. */
export type Bytes = readonly number[]

/** Bytes of WebAssembly code in parts, which are put one after the other when a function is written. */
export type Code = readonly (number | Code)[]

/** Appends the bytes of code to others, one part after the other. */
export function appendCode(bytes: number[], code: Code): void {
  for (let at = 0; at < code.length; at++) {
    const part = code[at]!
    if (typeof part === 'number') bytes.push(part)
    else appendCode(bytes, part)
  }
}

/** The bytes of code. */
export function codeBytes(code: Code): Bytes {
  const bytes: number[] = []
  appendCode(bytes, code)
  return bytes
}

const oneByte = Array.from({ length: 128 }, (_, value) => [value])

/** LEB128 of an unsigned integer below 2^32 (WebAssembly specification 5.2.2). */
export function unsigned(value: number): Bytes {
  const short = oneByte[value]
  if (short !== undefined) return short
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

/** The four bytes of a float32, little-endian. */
export function float32Bytes(value: number): Bytes {
  return [...new Uint8Array(Float32Array.of(value).buffer)]
}
