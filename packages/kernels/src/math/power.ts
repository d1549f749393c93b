import { exp } from './exp.ts'
import { log } from './log.ts'

/**
 * base^exponent in float64, the same bits on every engine: within 2^-43 of the result where that is a float32, exact
 * cases and signs as C's `pow` has them. A negative base with a fraction as exponent gives NaN.
 *
 * @example
 * power(2, 0.5) // 1.4142135623730951
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (Number.isNaN(base) || Number.isNaN(exponent)) return NaN
  const isInteger = Number.isInteger(exponent)
  if (base < 0 && base > -Infinity && !isInteger && Math.abs(exponent) < Infinity) return NaN
  const magnitude = positivePower(Math.abs(base), exponent)
  const negative = base < 0 || Object.is(base, -0)
  return negative && isInteger && exponent % 2 !== 0 ? -magnitude : magnitude
}

function positivePower(base: number, exponent: number): number {
  if (base === 1) return 1
  return exp(exponent * log(base))
}
