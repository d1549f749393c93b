/**
 * Rounds to the nearest integer, halves away from zero, as C's `round` and so TensorFlow Lite does.
 * Exact for every float64; never returns -0, so that results compare and serialize alike.
 *
 * @example
 * roundHalfAwayFromZero(-2.5) // -3
 */
export function roundHalfAwayFromZero(value: number): number {
  const magnitude = Math.abs(value)
  const floor = Math.floor(magnitude)
  const rounded = magnitude - floor >= 0.5 ? floor + 1 : floor
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

const exactBelow = 2 ** 51
const roomForInteger = 3 * 2 ** 51

/**
 * Rounds to the nearest integer, halves to the even neighbour, as IEEE 754 and XNNPACK do.
 * Never returns -0.
 *
 * @example
 * roundHalfToEven(2.5) // 2
 */
export function roundHalfToEven(value: number): number {
  // A sum with 3 * 2^51 has no room for a fraction, so the addition itself rounds; cheaper than a remainder.
  if (value > -exactBelow && value < exactBelow) return value + roomForInteger - roomForInteger
  const floor = Math.floor(value)
  return value - floor === 0.5 && floor % 2 === 0 ? floor : Math.round(value)
}
