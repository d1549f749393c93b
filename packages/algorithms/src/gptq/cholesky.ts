/**
 * Cholesky factor of a symmetric positive definite matrix, `matrix = lower * lowerᵀ`, in float64 and in a fixed order of
 * exactly rounded operations: the same bits on every engine. Golub and Van Loan, "Matrix Computations", algorithm 4.2.1.
 *
 * @param matrix Row-major `size × size`; only the lower triangle is read. It is overwritten with the factor.
 * @returns the factor, in the same array, or undefined where the matrix is not positive definite.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array | undefined {
  for (let row = 0; row < size; row++) {
    const start = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let sum = matrix[start + column]!
      for (let at = 0; at < column; at++) sum -= matrix[start + at]! * matrix[other + at]!
      if (column < row) matrix[start + column] = sum / matrix[other + column]!
      else if (sum > 0) matrix[start + row] = Math.sqrt(sum)
      else return undefined
    }
  }
  return matrix
}

/** Solves `lower * lowerᵀ * x = values` in place of `values`. */
export function solveWithCholesky(lower: Float64Array, size: number, values: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = values[row]!
    for (let at = 0; at < row; at++) sum -= lower[row * size + at]! * values[at]!
    values[row] = sum / lower[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    const solved = values[row]! / lower[row * size + row]!
    values[row] = solved
    for (let at = 0; at < row; at++) values[at]! -= lower[row * size + at]! * solved
  }
}
