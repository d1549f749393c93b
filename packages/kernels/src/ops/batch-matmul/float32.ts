import { multiplyFloat32 } from '../../shared/matrix-vector.ts'
import { forEachProduct } from './for-each-product.ts'
import type { BatchMatmulGeometry } from './geometry.ts'

/** BATCH_MATMUL in float32: products are summed from 0 in the order of the depth, every operation rounded to float32. */
export function batchMatmulFloat32(
  geometry: BatchMatmulGeometry,
): (left: Float32Array, right: Float32Array, output: Float32Array) => void {
  const { rows, depth, columns } = geometry
  const zeros = new Float32Array(columns)
  const bias = { first: zeros, last: zeros }
  return (left, right, output) => {
    forEachProduct(geometry, left, right, (leftRows, rightRows, at) => {
      for (let row = 0; row < rows; row++) {
        multiplyFloat32(leftRows, row * depth, depth, rightRows, bias, 0, columns, output, at + row * columns)
      }
    })
  }
}
