const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** A model has hundreds of names, and asking a decoder for each takes longer than looking whether they need one. */
const shortLength = 256

/** Bytes that are no UTF-8 become lone surrogates U+DC80 to U+DCFF, one each (PEP 383), so that no name is lost. */
const escapeBase = 0xdc00

/** Decodes a string of a model; bytes that are no valid UTF-8 survive as lone surrogates. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length <= shortLength) {
    // Spreading would make an object for each byte in code that is not optimized yet.
    const text = String.fromCharCode.apply(undefined, bytes as ArrayLike<number> as number[])
    if (!/[\x80-\xff]/.test(text)) return text
  }
  try {
    return strict.decode(bytes)
  } catch {
    return decodeEscaped(bytes)
  }
}

/** The bytes of a string of a model; the inverse of {@link decodeText}. */
export function encodeText(text: string): Uint8Array {
  if (!/[\uDC80-\uDCFF]/.test(text)) return encoder.encode(text)
  const parts = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0
    return code >= 0xdc80 && code <= 0xdcff ? Uint8Array.of(code - escapeBase) : encoder.encode(character)
  })
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function decodeEscaped(bytes: Uint8Array): string {
  let text = ''
  let validFrom = 0
  let at = 0
  while (at < bytes.length) {
    const length = characterLength(bytes, at)
    if (length === 0) {
      text += strict.decode(bytes.subarray(validFrom, at)) + String.fromCharCode(escapeBase + bytes[at]!)
      validFrom = at + 1
    }
    at += Math.max(length, 1)
  }
  return text + strict.decode(bytes.subarray(validFrom))
}

/** Bytes of the valid UTF-8 character at `at`, 0 where there is none (Unicode 15, table 3-7). */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0
  const second = bytes[at + 1]!
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < lowest || second > highest) return 0
  for (let next = at + 2; next < at + length; next++) if ((bytes[next]! & 0xc0) !== 0x80) return 0
  return length
}
