/** Largest finite float16. */
export const largestFloat16 = 65504

/** Smallest float16 above 0. */
export const smallestFloat16 = 2 ** -24

/** Exponent of the smallest float16 with all its bits. */
const smallestExponent = -14

/** Bits of a float16 behind the leading one. */
const fractionBits = 10

const words = new DataView(new ArrayBuffer(4))

/**
 * Values as IEEE 754 half precision, rounded to nearest, ties to even; larger ones than {@link largestFloat16} become
 * infinite, as the standard has it. Exact: multiplies by powers of two and rounds integers.
 *
 * @example
 * encodeFloat16(Float32Array.of(1, -2)) // Uint16Array [0x3c00, 0xc000]
 */
export function encodeFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, bitsOf)
}

/** The nearest float16 of a value, as {@link encodeFloat16} rounds it. */
export function roundToFloat16(value: number): number {
  return float16Value(bitsOf(value))
}

/** The value of the bits of a float16. */
export function float16Value(bits: number): number {
  const [exponent, fraction] = [(bits >> fractionBits) & 31, bits & 1023]
  const magnitude =
    exponent === 0
      ? fraction * 2 ** (smallestExponent - fractionBits)
      : exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : (1024 + fraction) * 2 ** (exponent - 15 - fractionBits)
  return bits >= 0x8000 ? -magnitude : magnitude
}

/** The nearest bfloat16 of a float32: its upper half, ties to even. */
export function roundToBfloat16(value: number): number {
  words.setFloat32(0, value)
  const word = words.getUint32(0)
  words.setUint32(0, (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000)
  return words.getFloat32(0)
}

function bitsOf(value: number): number {
  words.setFloat32(0, value)
  const word = words.getUint32(0)
  const sign = (word >>> 16) & 0x8000
  const exponent = ((word >>> 23) & 255) - 127
  if (exponent === 128) return sign | (Number.isNaN(value) ? 0x7e00 : 0x7c00)
  // In units of the last place of the result a value is a multiple of a half and less: integers round it exactly.
  const unit = Math.max(exponent, smallestExponent) - fractionBits
  const units = roundHalfToEven(Math.abs(value) * 2 ** -unit)
  const bits = units + (Math.max(exponent, smallestExponent) - smallestExponent) * 1024
  return sign | Math.min(bits, 0x7c00)
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}
