/** The highest power of the series; the next one would add less than 2^-55 of the sum. */
const highestPower = 23

const ln2 = 0.6931471805599453

/**
 * The natural logarithm of a positive, finite number, from exactly rounded operations only: Math.log differs between engines,
 * and bytes must not. By halving and doubling to `m` between sqrt(1/2) and sqrt(2), and `ln m = 2 artanh z` with
 * `z = (m - 1) / (m + 1)`, a series of odd powers of `z`; below 1e-15 from the truth beside the larger of 1 and the result.
 *
 * @example
 * naturalLogarithm(1) // 0
 */
export function naturalLogarithm(value: number): number {
  let [mantissa, exponent] = [value, 0]
  for (; mantissa > 65536; exponent += 16) mantissa /= 65536
  for (; mantissa > Math.SQRT2; exponent++) mantissa /= 2
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2
  const z = (mantissa - 1) / (mantissa + 1)
  let sum = 0
  for (let power = highestPower; power > 0; power -= 2) sum = sum * z * z + 1 / power
  return exponent * ln2 + 2 * z * sum
}
