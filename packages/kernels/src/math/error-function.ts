import { exp } from './exp.ts'

const twoOverRootPi = 1.1283791670955126
const largestSeriesArgument = 2.5
const seriesTerms = 60
const fractionTerms = 60

/**
 * The complementary error function `1 - erf(x)` in float64, the same bits on every engine; within 1e-12 of the result.
 * The series of all-positive terms near 0, the continued fraction beyond.
 *
 * @example
 * complementaryErrorFunction(1) // 0.15729920705028513
 */
export function complementaryErrorFunction(x: number): number {
  if (Number.isNaN(x)) return x
  if (x < 0) return 2 - complementaryErrorFunction(-x)
  return x < largestSeriesArgument ? 1 - errorFunctionSeries(x) : tailFraction(x)
}

/** `2 / sqrt(pi) * e^(-x^2) * (x + 2 x^3 / 3 + 4 x^5 / 15 + ...)`. */
function errorFunctionSeries(x: number): number {
  const square = 2 * x * x
  let sum = 0
  for (let term = seriesTerms; term >= 1; term--) sum = (square / (2 * term + 1)) * (1 + sum)
  return twoOverRootPi * exp(-x * x) * x * (1 + sum)
}

/** `e^(-x^2) / sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / ...)))`. */
function tailFraction(x: number): number {
  if (x > 30) return 0
  let denominator = x
  for (let term = fractionTerms; term >= 1; term--) denominator = x + term / 2 / denominator
  return ((twoOverRootPi / 2) * exp(-x * x)) / denominator
}
