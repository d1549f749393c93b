const halfPiLow = 6.123233995736766e-17
const halvings = 3
const largestTerm = 21

/**
 * Angle of the point `(x, y)` in radians, from -pi to pi, in float64, the same bits on every engine: within 2^-50 of the result,
 * relatively. Signs, zeros and infinities as C's `atan2` has them.
 *
 * @example
 * arctangent2(1, -1) // 2.356194490192345
 */
export function arctangent2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const angle = firstQuadrant(Math.abs(y), Math.abs(x))
  const turned = x < 0 || Object.is(x, -0) ? Math.PI - (angle - 2 * halfPiLow) : angle
  return y < 0 || Object.is(y, -0) ? -turned : turned
}

function firstQuadrant(y: number, x: number): number {
  if (y === 0) return 0
  if (x === y) return Math.PI / 4
  return y < x ? arctangent(y / x) : Math.PI / 2 - (arctangent(x / y) - halfPiLow)
}

/** Of 0 to 1: half angles until the series `t - t^3 / 3 + t^5 / 5 - ...` ends soon. */
function arctangent(tangent: number): number {
  let t = tangent
  for (let step = 0; step < halvings; step++) t /= 1 + Math.sqrt(1 + t * t)
  const square = t * t
  let sum = 0
  for (let term = largestTerm; term >= 3; term -= 2) sum = (1 / term - sum) * square
  return 2 ** halvings * (t - t * sum)
}
