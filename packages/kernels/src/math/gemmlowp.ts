import {
  roundingDivideByPowerOfTwo as divideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply as multiply,
} from '../arithmetic/fixed-point.ts'

/*
 * Fixed-point elementary functions on int32, as gemmlowp's `fixedpoint.h` defines them and TensorFlow Lite's integer
 * kernels use them (spec 6.6). "Qk" is a number with k integer bits and 31 - k fraction bits; the product of Qa and Qb,
 * `multiply`, is Q(a + b).
 */

const two31 = 2 ** 31
/** The largest Q0 number, which stands for 1. */
const one = two31 - 1

/** Q0 factors e^-(2^exponent). */
const exponentialFactors = [
  { exponent: -2, factor: 1672461947 },
  { exponent: -1, factor: 1302514674 },
  { exponent: 0, factor: 790015084 },
  { exponent: 1, factor: 290630308 },
  { exponent: 2, factor: 39332535 },
  { exponent: 3, factor: 720401 },
  { exponent: 4, factor: 242 },
] as const

/**
 * e^a in Q0 for `a <= 0` in Q`integerBits`.
 *
 * @example
 * exponentialOfNegative(-(2 ** 26), 5) // 790015084, e^-1
 */
export function exponentialOfNegative(a: number, integerBits: number): number {
  if (a === 0) return one
  const fractionBits = 31 - integerBits
  if (integerBits > 5 && a < -(2 ** (fractionBits + 5))) return 0
  const quarter = 1 << (fractionBits - 2)
  const modQuarter = (a & (quarter - 1)) - quarter
  const remainder = modQuarter - a
  let result = exponentialOfLastQuarter(modQuarter << integerBits)
  for (const { exponent, factor } of exponentialFactors) {
    if (integerBits > exponent && (remainder & (1 << (fractionBits + exponent))) !== 0) {
      result = multiply(result, factor)
    }
  }
  return result
}

/** e^a in Q0 for a in [-1/4, 0) in Q0: Taylor's polynomial of degree 4 around -1/8. */
function exponentialOfLastQuarter(a: number): number {
  const exponentialOfCentre = 1895147668
  const third = 715827883
  const x = a + 2 ** 28
  const x2 = multiply(x, x)
  const x3 = multiply(x2, x)
  const quarterOfX4 = divideByPowerOfTwo(multiply(x2, x2), 2)
  const tail = divideByPowerOfTwo(multiply(quarterOfX4 + x3, third) + x2, 1)
  return exponentialOfCentre + multiply(exponentialOfCentre, x + tail)
}

/**
 * 1 / (1 + a) in Q0 for a in [0, 1] in Q0: Newton's division, three steps.
 *
 * @example
 * reciprocalOfOnePlus(2 ** 31 - 1) // 1073741823, one half
 */
export function reciprocalOfOnePlus(a: number): number {
  const halfDenominator = Math.floor((a + one + 1) / 2)
  // In Q2: 48/17 - 32/17 * halfDenominator, the best line through 1 / halfDenominator.
  let x = 1515870810 + multiply(halfDenominator, -1010580540)
  for (let step = 0; step < 3; step++) {
    const rest = 2 ** 29 - multiply(halfDenominator, x)
    x = (x + saturatingShiftLeft(multiply(x, rest), 2)) | 0
  }
  return saturatingShiftLeft(x, 1)
}

/** `value * 2^bits`, held within int32. */
export function saturatingShiftLeft(value: number, bits: number): number {
  const shifted = value * (1 << bits)
  return shifted > one ? one : shifted < -two31 ? -two31 : shifted
}

/** A reciprocal as a Q0 significand: `significand * 2^-exponent`. */
export interface FixedPointReciprocal {
  readonly significand: number
  readonly exponent: number
}

/** 1 / x for `x > 0` in Q`integerBits`, the integer bits counted without the sign. Follows `GetReciprocal`. */
export function fixedPointReciprocal(x: number, integerBits: number): FixedPointReciprocal {
  const headroom = Math.clz32(x)
  const fraction = x * 2 ** headroom - two31
  return { significand: reciprocalOfOnePlus(fraction), exponent: integerBits - headroom }
}
