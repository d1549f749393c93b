/*
 * Fixed-point elementary functions on int16, as gemmlowp's `fixedpoint.h` defines them for 16-bit lanes and TensorFlow Lite's
 * integer LSTM uses them. "Qk" is a number with k integer bits and 15 - k fraction bits; the product of Qa and Qb is Q(a + b).
 * Functions of one int16 are tables here: they have 65536 arguments in all.
 */

const one = 32767

const wrap = (value: number): number => (value << 16) >> 16
const saturate = (value: number): number => (value > one ? one : value < -32768 ? -32768 : value)

/** `round(a * b / 2^15)`, halves towards +infinity; -1 times -1 is almost 1. */
function multiply(a: number, b: number): number {
  if (a === -32768 && b === -32768) return one
  return (a * b + 0x4000) >> 15
}

/** `round(value / 2^exponent)`, halves away from zero. */
function divideByPowerOfTwo(value: number, exponent: number): number {
  const mask = (1 << exponent) - 1
  const threshold = (mask >> 1) + (value < 0 ? 1 : 0)
  return (value >> exponent) + ((value & mask) > threshold ? 1 : 0)
}

const shiftLeft = (value: number, bits: number): number => saturate(value * (1 << bits))

/** A constant that is given with 31 fraction bits. */
const constant = (raw: number): number => (raw + 0x8000) >> 16

const exponentialOfCentre = constant(1895147668)
const third = constant(715827883)

/** e^a in Q0 for a in [-1/4, 0) in Q0: Taylor's polynomial of degree 4 around -1/8. */
function exponentialOfLastQuarter(a: number): number {
  const x = wrap(a + (1 << 12))
  const x2 = multiply(x, x)
  const x3 = multiply(x2, x)
  const quarterOfX4 = divideByPowerOfTwo(multiply(x2, x2), 2)
  const tail = divideByPowerOfTwo(wrap(multiply(wrap(quarterOfX4 + x3), third) + x2), 1)
  return saturate(exponentialOfCentre + multiply(exponentialOfCentre, wrap(x + tail)))
}

/** Q0 factors e^-(2^exponent). */
const exponentialFactors = [
  [-2, 1672461947],
  [-1, 1302514674],
  [0, 790015084],
  [1, 290630308],
  [2, 39332535],
  [3, 720401],
  [4, 242],
].map(([exponent, raw]) => ({ exponent: exponent!, factor: constant(raw!) }))

/** e^a in Q0 for `a <= 0` in Q`integerBits`. */
function exponentialOfNegative(a: number, integerBits: number): number {
  if (a === 0) return one
  const fractionBits = 15 - integerBits
  if (integerBits > 5 && a < -(1 << (fractionBits + 5))) return 0
  const quarter = 1 << (fractionBits - 2)
  const modQuarter = (a & (quarter - 1)) - quarter
  const remainder = wrap(modQuarter - a)
  let result = exponentialOfLastQuarter(shiftLeft(modQuarter, integerBits))
  for (const { exponent, factor } of exponentialFactors) {
    if (integerBits > exponent && (remainder & (1 << (fractionBits + exponent))) !== 0)
      result = multiply(result, factor)
  }
  return result
}

/** 1 / ((1 + a) / 2) in Q2 for a in [0, 1] in Q0: Newton's division, three steps. */
function reciprocalOfHalf(a: number): number {
  const half = (a + one + 1) >> 1
  let x = wrap(constant(1515870810) + multiply(half, constant(-1010580540)))
  for (let step = 0; step < 3; step++) {
    const rest = wrap((1 << 13) - multiply(half, x))
    x = wrap(x + shiftLeft(multiply(x, rest), 2))
  }
  return x
}

function logisticOf(a: number): number {
  if (a === 0) return 1 << 14
  const negative = a > 0 ? -a : a
  // 1 / (1 + e^-|a|): halving a Q2 number makes it Q1.
  const positive = shiftLeft(reciprocalOfHalf(exponentialOfNegative(negative, 3)), 1)
  return a > 0 ? positive : one - positive
}

function tanhOf(a: number, integerBits: number): number {
  if (a === 0) return 0
  const negative = a > 0 ? -a : a
  // e^-2|a|: doubling means one integer bit more.
  const exponential = exponentialOfNegative(negative, integerBits + 1)
  const magnitude = shiftLeft(wrap(reciprocalOfHalf(exponential) - (1 << 13)), 2)
  return a > 0 ? magnitude : -magnitude
}

/** The function's value of each int16, at the argument's position counted from -32768. */
export type Int16Table = Int16Array

const table = (compute: (a: number) => number): Int16Table =>
  Int16Array.from({ length: 65536 }, (_, at) => compute(at - 32768))

let logistics: Int16Table | undefined
const tanhs = new Map<number, Int16Table>()

/** 1 / (1 + e^-a) in Q0 of every a in Q3. */
export function logisticTable(): Int16Table {
  return (logistics ??= table(logisticOf))
}

/**
 * tanh(a) in Q0 of every a in Q`integerBits`, for 0 to 6 integer bits.
 *
 * @example
 * tanhTable(3)[4096 + 32768] // tanh(1) in Q0
 */
export function tanhTable(integerBits: number): Int16Table {
  const known = tanhs.get(integerBits) ?? table((a) => tanhOf(a, integerBits))
  tanhs.set(integerBits, known)
  return known
}
