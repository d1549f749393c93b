/** An angle as `turns * pi / 2 + rest`, rest within pi / 4 of 0; turns modulo 4. */
export interface QuarterTurns {
  readonly turns: 0 | 1 | 2 | 3
  readonly rest: number
}

/** pi / 2 in three parts, the first two of 33 significant bits, so that their products with small integers are exact. */
const halfPiParts = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const

/** From here on the products with parts of pi / 2 are no longer exact. */
const largestSmallAngle = 2 ** 20

/** 2 / pi in 320 bits after the point. */
const twoOverPi = 0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0n
const twoOverPiBits = 320

/**
 * Reduces an angle of magnitude below 2^128, thus every finite float32, to the nearest multiple of a quarter turn: small
 * ones by Cody and Waite's subtraction in parts, large ones exactly with long integers.
 */
export function quarterTurns(angle: number): QuarterTurns {
  if (Math.abs(angle) >= largestSmallAngle) return longReduction(angle)
  const count = Math.floor(angle * (2 / Math.PI) + 0.5)
  const [first, second, third] = halfPiParts
  return { turns: modulo4(count), rest: angle - count * first - count * second - count * third }
}

function longReduction(angle: number): QuarterTurns {
  // Every float64 from 2^20 to 2^128 is an integer multiple of 2^-32.
  const quotient = BigInt(angle * 2 ** 32) * twoOverPi
  const bits = BigInt(twoOverPiBits + 32)
  const count = (quotient + (1n << (bits - 1n))) >> bits
  const fraction = Number(quotient - (count << bits)) * 2 ** -(twoOverPiBits + 32)
  return { turns: modulo4(Number(count & 3n)), rest: fraction * (Math.PI / 2) }
}

const modulo4 = (count: number): 0 | 1 | 2 | 3 => (((count % 4) + 4) % 4) as 0 | 1 | 2 | 3
