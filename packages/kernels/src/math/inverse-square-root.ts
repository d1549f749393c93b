import type { QuantizedMultiplier } from '../arithmetic/fixed-point.ts'
import {
  roundingDivideByPowerOfTwo as divideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply as multiply,
} from '../arithmetic/fixed-point.ts'
import { saturatingShiftLeft } from './gemmlowp.ts'

/** 1 and 1.5 in Q3, sqrt(1/2) in Q0. */
const one = 2 ** 28
const oneAndAHalf = 2 ** 28 + 2 ** 27
const rootOfHalf = 1518500250
const newtonSteps = 5

/**
 * 1 / sqrt(value) of a positive int32 as a fixed-point factor; 0 and 1 give almost 1. Newton's iteration on a Q3 number
 * that even shifts bring to [1/2, 2). Follows `GetInvSqrtQuantizedMultiplierExp` of TensorFlow Lite (spec 7.10).
 *
 * @example
 * inverseSquareRoot(4) // { multiplier: 1073741823, shift: 0 }
 */
export function inverseSquareRoot(value: number): QuantizedMultiplier {
  if (value <= 1) return { multiplier: 2 ** 31 - 1, shift: 0 }
  let scaled = value
  let right = 11
  for (; scaled >= 2 ** 29; right++) scaled = Math.floor(scaled / 4)
  const pairs = ((Math.clz32(scaled) - 1) >> 1) - 1
  scaled <<= 2 * pairs
  right -= pairs
  const root = multiply(newtonRoot(scaled >> 1), rootOfHalf)
  return right < 0 ? { multiplier: root << -right, shift: 0 } : { multiplier: root, shift: -right }
}

/** 1 / sqrt(value), both in Q3. */
function newtonRoot(value: number): number {
  const half = divideByPowerOfTwo(value, 1)
  let x = one
  for (let step = 0; step < newtonSteps; step++) {
    const cube = saturatingShiftLeft(multiply(multiply(x, x), x), 6)
    x = saturatingShiftLeft((multiply(oneAndAHalf, x) - multiply(half, cube)) | 0, 3)
  }
  return x
}
