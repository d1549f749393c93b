import { ln2High, ln2Low } from './exp-constants.ts'
import { splitBinary } from './split-binary.ts'

/** Of the series, whose terms are the odd ones from 3 on. */
export const largestTerm = 25

/**
 * Natural logarithm in float64, within 2 units in the last place, the same bits on every engine. -Infinity at 0, NaN
 * below. The series `2 * (s + s^3 / 3 + s^5 / 5 + ...)` of s = (m - 1) / (m + 1), m in [sqrt(1/2), sqrt(2)).
 *
 * @example
 * log(10) // 2.302585092994046
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  const { fraction, exponent: above } = splitBinary(x)
  const [mantissa, exponent] = fraction < Math.SQRT1_2 ? [fraction * 2, above - 1] : [fraction, above]
  const part = mantissa - 1
  const s = part / (2 + part)
  const square = s * s
  let sum = 0
  for (let term = largestTerm; term >= 3; term -= 2) sum = (sum + 1 / term) * square
  // With 2 s = part - s * part, which spares the rounding of s the largest weight.
  const tail = s * (2 * sum - part)
  return exponent * ln2High + (part + (tail + exponent * ln2Low))
}
