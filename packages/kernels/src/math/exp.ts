import { ln2High, ln2Low, log2OfE, taylorCoefficients } from './exp-constants.ts'
import { powerOfTwo } from './power-of-two.ts'

const largestArgument = 709.782712893384
const smallestArgument = -745.1332191019412

/**
 * e^x in float64, within one unit in the last place, so that its rounding to float32 is the correctly rounded result in
 * all but rare cases.
 *
 * Made of `+ - * /` and floor alone: unlike `Math.exp`, every engine gives the same bits. Cody and Waite's reduction
 * (Software Manual for the Elementary Functions, 1980) and the Taylor polynomial of degree 13 on |r| <= ln(2) / 2.
 * NaN stays NaN; overflow is Infinity, underflow is gradual and ends at 0.
 *
 * @example
 * exp(1) // 2.718281828459045
 */
export function exp(x: number): number {
  if (x > largestArgument) return Infinity
  if (x < smallestArgument) return 0
  if (Number.isNaN(x)) return x
  const exponent = Math.floor(x * log2OfE + 0.5)
  const half = exponent >> 1
  // In two steps, since 2^1024 and the powers below 2^-1022 are not normal numbers. The first product is exact.
  return (1 + reduced(x, exponent)) * powerOfTwo(half) * powerOfTwo(exponent - half)
}

/**
 * e^x - 1 in float64 without the cancellation near 0; as deterministic as {@link exp}.
 *
 * @example
 * expMinusOne(1e-10) // 1.00000000005e-10
 */
export function expMinusOne(x: number): number {
  const exponent = Math.floor(x * log2OfE + 0.5)
  if (!(exponent > -60 && exponent < 60)) return exp(x) - 1
  if (exponent === 0) return reduced(x, 0)
  const power = powerOfTwo(exponent)
  return power * reduced(x, exponent) + (power - 1)
}

/** e^r - 1 for r = x - exponent * ln 2, with |r| <= ln(2) / 2. */
function reduced(x: number, exponent: number): number {
  const high = x - exponent * ln2High
  const low = exponent * ln2Low
  const r = high - low
  let sum = 0
  // Without an iterator, which makes an object for each turn in code that is not optimized yet.
  for (let at = 0; at < taylorCoefficients.length; at++) sum = sum * r + taylorCoefficients[at]!
  return high + (sum * r * r - low)
}
