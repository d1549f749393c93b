/*
 * The numbers of which e^x is made, in the reference and in generated code.
 */

export const log2OfE = 1.4426950408889634

/** ln 2 in two parts; the first has 32 significant bits, so that its product with an exponent is exact. */
export const ln2High = 0.6931471803691238
export const ln2Low = 1.9082149292705877e-10

/** Taylor's 1 / n!, from n = 13 down to n = 2. */
export const taylorCoefficients: readonly number[] = [
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  1 / 2,
]
