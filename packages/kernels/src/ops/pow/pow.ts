import { power } from '../../math/power.ts'

/** POW of float32, to be rounded to it; as C's `pow`. */
export const powFloat32 = power

/** POW of int32, modulo 2^32. Negative exponents, which TensorFlow Lite refuses, truncate: 2^-1 is 0. */
export function powInt32(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0
  let result = 1
  let square = base
  for (let rest = exponent; rest > 0; rest >>>= 1) {
    if (rest % 2 === 1) result = Math.imul(result, square)
    square = Math.imul(square, square)
  }
  return result
}
