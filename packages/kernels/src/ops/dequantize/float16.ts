import { powerOfTwo } from '../../math/power-of-two.ts'

/** DEQUANTIZE of IEEE 754 half precision, given as 16-bit patterns; exact. */
export function dequantizeFloat16(input: Uint16Array, output: Float32Array): void {
  for (let i = 0; i < input.length; i++) output[i] = float16ToNumber(input[i]!)
}

/**
 * The number that a half-precision bit pattern stands for.
 *
 * @example
 * float16ToNumber(0x3c00) // 1
 */
export function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * powerOfTwo(-24)
  return sign * (1024 + fraction) * powerOfTwo(exponent - 25)
}
