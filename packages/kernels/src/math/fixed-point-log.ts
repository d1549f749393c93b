import {
  roundingDivideByPowerOfTwo as divideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply as multiply,
} from '../arithmetic/fixed-point.ts'
import { reciprocalOfOnePlus, saturatingShiftLeft } from './gemmlowp.ts'

/** Q0 constants: ln 2, 2^(-1/4), 2^(-1/2). */
export const ln2 = 1488522236
export const fourthRootOfHalf = 1805811301
export const rootOfHalf = 1518500250

/** Q0 coefficients of the rational approximation around 2^(-1/4), with r = 2^(1/4): 11 r / 240, r / 20, 2 / r - r, r / 4. */
export const numeratorCubic = 117049297
export const denominatorSquare = 127690142
export const denominatorConstant = 1057819769
export const denominatorLinear = 638450708

/**
 * Natural logarithm of a fixed-point number of at least 1 with `integerBits` integer bits, in Q`resultBits`. The argument
 * is brought to [2^(-1/2), 1) by one of two shifts, whichever leaves it smaller. Follows
 * `log_x_for_x_greater_than_or_equal_to_1` of TensorFlow Lite.
 *
 * @example
 * fixedPointLog(2 ** 20, 12, 5) // 46516320, ln 2 in Q5
 */
export function fixedPointLog(value: number, integerBits: number, resultBits: number): number {
  // One more integer bit than the result, since the multiple of ln 2 alone may not fit.
  const workingBits = resultBits + 1
  const { significand, exponent } = splitAtRoot(value, integerBits, workingBits)
  const whole = multiply(exponent, ln2)
  return saturatingShiftLeft((whole + logOfFraction(significand, workingBits)) | 0, 1)
}

interface SplitAtRoot {
  /** Q0, from 2^(-1/2) to 1. */
  readonly significand: number
  /** Of the significand times 2^(1/4), in the working format. */
  readonly exponent: number
}

function splitAtRoot(value: number, integerBits: number, workingBits: number): SplitAtRoot {
  const quarter = divideByPowerOfTwo(2 ** 29, workingBits)
  const unit = 31 - workingBits
  const headroom = Math.clz32(value)
  const scaled = saturatingShiftLeft(multiply(saturatingShiftLeft(value, headroom - 1), rootOfHalf), 1)
  const exponent = saturatingShiftLeft(integerBits - headroom, unit) + quarter
  const shrunkHeadroom = Math.clz32(multiply(value, rootOfHalf)) - 1
  const shrunk = saturatingShiftLeft(value, shrunkHeadroom)
  const shrunkExponent = saturatingShiftLeft(integerBits - shrunkHeadroom, unit) - quarter
  return { significand: Math.min(scaled, shrunk), exponent: Math.max(exponent, shrunkExponent) }
}

/** ln(significand * 2^(1/4)) in the working format. */
function logOfFraction(significand: number, workingBits: number): number {
  const middle = Math.trunc((significand + fourthRootOfHalf + 1) / 2)
  const twice = (2 * (significand - fourthRootOfHalf)) | 0
  const square = multiply(twice, twice)
  const numerator = multiply(twice, significand) + multiply(multiply(twice, square), numeratorCubic)
  const constant = denominatorConstant + twice + multiply(denominatorSquare, square)
  const denominatorLessOne = multiply(middle, constant) + multiply(denominatorLinear, twice)
  return multiply(divideByPowerOfTwo(numerator, workingBits), reciprocalOfOnePlus(denominatorLessOne))
}
