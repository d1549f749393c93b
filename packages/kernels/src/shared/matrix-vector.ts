import type { FloatBias } from './float-bias.ts'
import type { Sums } from './sums.ts'

/**
 * Multiplies a matrix with a vector in float32: `out[row] = first[row] + sum(matrix[row][k] * vector[k])`.
 *
 * Every product and every sum is rounded to float32; a sum goes through k in ascending order, the bias first or last.
 * Faster kernels must keep that order to give the same bits.
 *
 * @param matrix `[rows, length]`, row-major.
 */
export function multiplyFloat32(
  vector: Float32Array,
  vectorAt: number,
  length: number,
  matrix: Float32Array,
  { first, last }: FloatBias,
  firstRow: number,
  rows: number,
  out: Float32Array,
  outAt: number,
): void {
  const round = Math.fround
  const end = firstRow + rows
  let row = firstRow
  // Four rows at a time read each element of the vector once for all of them.
  for (; row + 4 <= end; row += 4) {
    const at = row * length
    const [at1, at2, at3] = [at + length, at + 2 * length, at + 3 * length]
    let sum0 = first[row]!
    let sum1 = first[row + 1]!
    let sum2 = first[row + 2]!
    let sum3 = first[row + 3]!
    for (let k = 0; k < length; k++) {
      const value = vector[vectorAt + k]!
      sum0 = round(sum0 + round(value * matrix[at + k]!))
      sum1 = round(sum1 + round(value * matrix[at1 + k]!))
      sum2 = round(sum2 + round(value * matrix[at2 + k]!))
      sum3 = round(sum3 + round(value * matrix[at3 + k]!))
    }
    const to = outAt + row - firstRow
    out[to] = sum0 + last[row]!
    out[to + 1] = sum1 + last[row + 1]!
    out[to + 2] = sum2 + last[row + 2]!
    out[to + 3] = sum3 + last[row + 3]!
  }
  for (; row < end; row++) {
    const at = row * length
    let sum = first[row]!
    for (let k = 0; k < length; k++) sum = round(sum + round(vector[vectorAt + k]! * matrix[at + k]!))
    out[outAt + row - firstRow] = sum + last[row]!
  }
}

/**
 * Multiplies a matrix with a vector in int32: `out[row] = first[row] + sum(matrix[row][k] * vector[k])`, wrapping around
 * on overflow as the accumulators of TensorFlow Lite do.
 *
 * @param matrix `[rows, length]`, row-major.
 */
export function multiplyInt32(
  vector: Int16Array,
  vectorAt: number,
  length: number,
  matrix: Int16Array,
  bias: Int32Array,
  firstRow: number,
  rows: number,
  out: Int32Array,
): void {
  const end = firstRow + rows
  let row = firstRow
  for (; row + 4 <= end; row += 4) {
    const at = row * length
    const [at1, at2, at3] = [at + length, at + 2 * length, at + 3 * length]
    let sum0 = bias[row]!
    let sum1 = bias[row + 1]!
    let sum2 = bias[row + 2]!
    let sum3 = bias[row + 3]!
    for (let k = 0; k < length; k++) {
      const value = vector[vectorAt + k]!
      sum0 = (sum0 + Math.imul(value, matrix[at + k]!)) | 0
      sum1 = (sum1 + Math.imul(value, matrix[at1 + k]!)) | 0
      sum2 = (sum2 + Math.imul(value, matrix[at2 + k]!)) | 0
      sum3 = (sum3 + Math.imul(value, matrix[at3 + k]!)) | 0
    }
    out[row] = sum0
    out[row + 1] = sum1
    out[row + 2] = sum2
    out[row + 3] = sum3
  }
  for (; row < end; row++) {
    const at = row * length
    let sum = bias[row]!
    for (let k = 0; k < length; k++) sum = (sum + Math.imul(vector[vectorAt + k]!, matrix[at + k]!)) | 0
    out[row] = sum
  }
}

/** As {@link multiplyInt32} with sums of the kind of the bias, those of 53 bits included. */
export function multiplyIntegers<Values extends Sums>(
  vector: Int16Array,
  vectorAt: number,
  length: number,
  matrix: Int16Array,
  bias: Values,
  firstRow: number,
  rows: number,
  out: Values,
): void {
  if (bias instanceof Int32Array && out instanceof Int32Array) {
    multiplyInt32(vector, vectorAt, length, matrix, bias, firstRow, rows, out)
    return
  }
  for (let row = firstRow; row < firstRow + rows; row++) {
    const at = row * length
    let sum = bias[row]!
    for (let k = 0; k < length; k++) sum += vector[vectorAt + k]! * matrix[at + k]!
    out[row] = sum
  }
}
