import type { BatchMatmulGeometry } from './geometry.ts'

/** Receives rows of `depth` values each on both sides, and the index of the first output of a product. */
type VisitProduct<Values> = (left: Values, right: Values, at: number) => void

/** Calls `visit` for every product of two matrices, both in the layout in which rows of one depth lie side by side. */
export function forEachProduct<Values extends Float32Array | Int16Array>(
  geometry: BatchMatmulGeometry,
  left: Values,
  right: Values,
  visit: VisitProduct<Values>,
): void {
  const { rows, depth, columns, leftTransposed, rightTransposed } = geometry
  let rightRows = right
  geometry.left.forEach((matrix, product) => {
    const leftRows = matrixRows(left, matrix, rows, depth, leftTransposed)
    if (product === 0 || geometry.right[product] !== geometry.right[product - 1]) {
      rightRows = matrixRows(right, geometry.right[product]!, columns, depth, !rightTransposed)
    }
    visit(leftRows, rightRows, product * rows * columns)
  })
}

/** A matrix `[rows, depth]`: a part of the operand, or a copy where that is stored `[depth, rows]`. */
export function matrixRows<Values extends Float32Array | Int16Array | Int8Array>(
  values: Values,
  matrix: number,
  rows: number,
  depth: number,
  transposed: boolean,
): Values {
  const part = values.subarray(matrix * rows * depth, (matrix + 1) * rows * depth) as Values
  if (!transposed) return part
  const copy = part.slice() as Values
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < depth; k++) copy[row * depth + k] = part[k * rows + row]!
  }
  return copy
}
