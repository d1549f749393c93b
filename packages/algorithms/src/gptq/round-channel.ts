/** What decides how good the rounding of a channel is: `(x - target)ᵀ * matrix * (x - target)` for its weights `x`. */
export interface RoundingObjective {
  /** Number of weights. */
  readonly size: number
  /** Symmetric, both triangles, row-major. */
  readonly matrix: Float64Array
  /** Its Cholesky factor, lower triangle. */
  readonly factor: Float64Array
}

/** The integers that weights may become, `-limit` to `limit`. */
export interface Grid {
  readonly scale: number
  readonly limit: number
}

/**
 * Rounds the weights of one output channel to integers, column by column, each error made good by the columns that are
 * still free: optimal brain quantization with a fixed order (Frantar et al. 2022, arXiv 2210.17323, section 3, equations 2
 * and 3). With the factor of the matrix itself rather than of its inverse, from the last column to the first, this is the
 * same recursion: what is left of the objective is `Σ_j (factorᵀ (x - target))_j²`, and each column in turn takes the
 * integer nearest to where its own summand vanishes. Single columns are then moved while that makes the objective smaller.
 *
 * @param target The best real weights.
 * @returns integers.
 */
export function roundChannel(objective: RoundingObjective, target: Float64Array, grid: Grid): Float64Array {
  const { size, factor } = objective
  const { scale, limit } = grid
  const levels = new Float64Array(size)
  /** `factorᵀ (x - target)` of what has been rounded, in units of the scale. */
  const carried = new Float64Array(size)
  for (let column = size - 1; column >= 0; column--) {
    const wanted = target[column]! / scale
    const level = clamp(Math.round(wanted - carried[column]! / factor[column * size + column]!), limit)
    levels[column] = level
    const error = level - wanted
    const row = column * size
    for (let at = 0; at < column; at++) carried[at]! += factor[row + at]! * error
  }
  improve(objective, target, grid, levels)
  return levels
}

/** Most sweeps over the columns; a sweep that changes nothing is the last. */
const mostSweeps = 8

/** Coordinate descent on the integers: every move makes the objective smaller. Alters `levels`. */
export function improve(
  { size, matrix }: RoundingObjective,
  target: Float64Array,
  { scale, limit }: Grid,
  levels: Float64Array,
): void {
  const gradient = new Float64Array(size)
  for (let column = 0; column < size; column++) {
    const error = levels[column]! - target[column]! / scale
    addScaled(gradient, matrix, column * size, error)
  }
  for (let sweep = 0, moved = true; sweep < mostSweeps && moved; sweep++) {
    moved = false
    for (let column = 0; column < size; column++) {
      const curvature = matrix[column * size + column]!
      const level = clamp(Math.round(levels[column]! - gradient[column]! / curvature), limit)
      const step = level - levels[column]!
      if (step === 0 || step * (2 * gradient[column]! + step * curvature) >= 0) continue
      levels[column] = level
      addScaled(gradient, matrix, column * size, step)
      moved = true
    }
  }
}

function addScaled(sum: Float64Array, matrix: Float64Array, start: number, factor: number): void {
  for (let at = 0; at < sum.length; at++) sum[at]! += matrix[start + at]! * factor
}

const clamp = (level: number, limit: number): number => Math.max(-limit, Math.min(limit, level))

/** `valuesᵀ * matrix * values`. */
export function quadraticForm(matrix: Float64Array, size: number, values: Float64Array): number {
  let sum = 0
  for (let row = 0; row < size; row++) {
    let product = 0
    for (let at = 0; at < size; at++) product += matrix[row * size + at]! * values[at]!
    sum += values[row]! * product
  }
  return sum
}
