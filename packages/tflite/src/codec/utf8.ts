const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Bytes that are no UTF-8 become lone surrogates U+DC80 to U+DCFF, one each (PEP 383), so that no name is lost. */
const escapeBase = 0xdc00

/** Decodes a string of a model; bytes that are no valid UTF-8 survive as lone surrogates. */
export function decodeText(bytes: Uint8Array): string {
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
  let at = 0
  while (at < bytes.length) {
    const length = validLength(bytes, at)
    text +=
      length === 0
        ? String.fromCharCode(escapeBase + bytes[at]!)
        : strict.decode(bytes.subarray(at, at + length))
    at += Math.max(length, 1)
  }
  return text
}

/** Bytes of the valid character at `at`, 0 where there is none. */
function validLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  try {
    strict.decode(bytes.subarray(at, at + length))
    return Math.min(length, bytes.length - at)
  } catch {
    return 0
  }
}
