/**
 * Signed integers of 2 or 4 bits, packed into bytes from the low bits up, as one byte each. Rows do not start on a byte of
 * their own, as in TensorFlow Lite's types INT2 and INT4.
 *
 * @param count Number of elements; bytes beyond them are not looked at, missing ones count as 0.
 *
 * @example
 * unpackIntegers(Uint8Array.of(0x8f, 0x01), 4, 3) // Int8Array [-1, -8, 1]
 */
export function unpackIntegers(bytes: Uint8Array, bits: 2 | 4, count: number): Int8Array {
  const perByte = 8 / bits
  return Int8Array.from({ length: count }, (_, index) => {
    const byte = bytes[Math.floor(index / perByte)] ?? 0
    const position = (index % perByte) * bits
    return (byte << (32 - bits - position)) >> (32 - bits)
  })
}
