import { quarterTurns } from './quarter-turns.ts'

/**
 * Sine of an angle in radians in float64, the same bits on every engine; for every float32 within 2^-50 of the result.
 * NaN for infinite angles. Taylor's polynomials on [-pi / 4, pi / 4].
 *
 * @example
 * sine(1) // 0.8414709848078965
 */
export function sine(x: number): number {
  return x === 0 ? x : turned(x, 0)
}

/**
 * Cosine of an angle in radians in float64; as {@link sine}.
 *
 * @example
 * cosine(1) // 0.5403023058681398
 */
export function cosine(x: number): number {
  return turned(x, 1)
}

function turned(x: number, ahead: 0 | 1): number {
  if (!(Math.abs(x) < 2 ** 128)) return NaN
  const { turns, rest } = quarterTurns(x)
  switch ((turns + ahead) % 4) {
    case 0:
      return sineNearZero(rest)
    case 1:
      return cosineNearZero(rest)
    case 2:
      return -sineNearZero(rest)
    default:
      return -cosineNearZero(rest)
  }
}

function sineNearZero(x: number): number {
  return x + x * alternatingSeries(x * x, 17)
}

function cosineNearZero(x: number): number {
  return 1 + alternatingSeries(x * x, 18)
}

/** `-square / ((n - 1) n) * (1 - square / ((n + 1) (n + 2)) * ...)`, n from 2 or 3 to `last`: a sine's or cosine's tail. */
function alternatingSeries(square: number, last: number): number {
  let sum = 0
  for (let n = last; n >= 2; n -= 2) sum = (-square / ((n - 1) * n)) * (1 + sum)
  return sum
}
