import { multiplyFloat32, multiplyInt32 } from './matrix-vector.ts'
import { quantizeRow } from './quantize-batch.ts'
import type { BatchQuantization } from './quantize-batch.ts'

/**
 * What a float32 vector is multiplied with: a float32 matrix `[rows, depth]`, the diagonal of a square one, or an int8 matrix
 * with one scale.
 */
export type Multiplier =
  | { readonly kind: 'float32'; readonly values: Float32Array; readonly rows: number }
  | { readonly kind: 'diagonal'; readonly values: Float32Array }
  | { readonly kind: 'int8'; readonly values: Int16Array; readonly rows: number; readonly scale: number }

/** Adds products to sums, one for each row, in place. */
export type AddProducts = (sums: Float32Array) => void

/** A vector that several matrices are multiplied with, and that is quantized only once for those of int8. */
export interface Multiplicand {
  /** Copies the vector that starts at a position. */
  take(values: Float32Array, at: number): void
  /** The products of one matrix with the vector last taken: each row's are added to its sum in the order of the depth. */
  times(multiplier: Multiplier): AddProducts
}

/**
 * A vector of `depth` values as multiplicand. Products with int8 matrices are those of hybrid operators (spec section 9): the
 * vector is quantized by its own range, and sums of integers are scaled back.
 */
export function multiplicand(depth: number, quantization: BatchQuantization): Multiplicand {
  const vector = new Float32Array(depth)
  const centered = new Int16Array(depth)
  let scale = 0
  let quantizes = false
  return {
    take(values, at) {
      for (let k = 0; k < depth; k++) vector[k] = values[at + k]!
      if (quantizes) scale = quantizeRow(vector, 0, depth, quantization, centered)
    },
    times(multiplier) {
      if (multiplier.kind === 'float32') return float32Products(vector, multiplier.values, multiplier.rows)
      if (multiplier.kind === 'diagonal') return diagonalProducts(vector, multiplier.values)
      quantizes = true
      return int8Products(centered, multiplier, () => scale)
    },
  }
}

function float32Products(vector: Float32Array, matrix: Float32Array, rows: number): AddProducts {
  const last = new Float32Array(rows)
  return (sums) => multiplyFloat32(vector, 0, vector.length, matrix, { first: sums, last }, 0, rows, sums, 0)
}

function diagonalProducts(vector: Float32Array, diagonal: Float32Array): AddProducts {
  return (sums) => {
    for (let row = 0; row < diagonal.length; row++) sums[row]! += Math.fround(diagonal[row]! * vector[row]!)
  }
}

function int8Products(
  centered: Int16Array,
  { values, rows, scale }: Extract<Multiplier, { readonly kind: 'int8' }>,
  vectorScale: () => number,
): AddProducts {
  const accumulators = new Int32Array(rows)
  const none = new Int32Array(rows)
  return (sums) => {
    multiplyInt32(centered, 0, centered.length, values, none, 0, rows, accumulators)
    const factor = Math.fround(vectorScale() * scale)
    for (let row = 0; row < rows; row++) sums[row]! += Math.fround(Math.fround(accumulators[row]!) * factor)
  }
}
