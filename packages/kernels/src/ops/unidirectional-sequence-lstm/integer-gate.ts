import { multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { inverseSquareRoot } from '../../math/inverse-square-root.ts'
import type { Int16Table } from '../../math/gemmlowp16.ts'
import { multiplyInt32 } from '../../shared/matrix-vector.ts'

/** A matrix of an integer LSTM, and what brings its sums to the scale of a gate. */
export interface IntegerProducts {
  /** `[rows, depth]` */
  readonly weights: Int16Array
  /** One value for each row, in units of vector scale × weight scale. */
  readonly bias: Int32Array
  readonly rescale: QuantizedMultiplier
}

/** Factors of normalized sums. */
export interface IntegerNormalization {
  readonly factors: Int16Array
  /** One value for each cell, in units of factor scale × 2^-10. */
  readonly bias: Int32Array
  readonly rescale: QuantizedMultiplier
  /** Stands for variances too small to divide by. */
  readonly leastVariance: number
}

/** What a gate of an integer LSTM computes from the vectors of a step. */
export interface IntegerGate {
  readonly input: IntegerProducts
  readonly recurrent: IntegerProducts
  readonly peephole?: { readonly weights: Int16Array; readonly rescale: QuantizedMultiplier }
  readonly normalization?: IntegerNormalization
}

/** The vectors of a step, zero points subtracted. */
export interface IntegerVectors {
  readonly input: Int16Array
  readonly previous: Int16Array
  readonly cell: Int16Array
}

/** A function that fills an array with a gate's values in Q0: int16 sums, saturated one after the other, then a table. */
export function computeIntegerGate(
  { input, recurrent, peephole, normalization }: IntegerGate,
  activation: Int16Table,
): (vectors: IntegerVectors, values: Int16Array) => void {
  const accumulators = new Int32Array(input.bias.length)
  return (vectors, values) => {
    values.fill(0)
    addProducts(input, vectors.input, accumulators, values)
    addProducts(recurrent, vectors.previous, accumulators, values)
    if (peephole !== undefined) {
      const { multiplier, shift } = peephole.rescale
      // TensorFlow Lite goes through as many cells as there are outputs; with a projection these may be fewer.
      const count = Math.min(values.length, vectors.previous.length)
      for (let at = 0; at < count; at++) {
        const product = Math.imul(peephole.weights[at]!, vectors.cell[at]!)
        values[at] = clamp16(values[at]! + multiplyByQuantizedMultiplier(product, multiplier, shift))
      }
    }
    if (normalization !== undefined) normalizeIntegers(normalization, values)
    for (let at = 0; at < values.length; at++) values[at] = activation[values[at]! + 32768]!
  }
}

/** `values = saturate(values + rescale(bias + weights · vector))`. */
function addProducts(
  { weights, bias, rescale: { multiplier, shift } }: IntegerProducts,
  vector: Int16Array,
  accumulators: Int32Array,
  values: Int16Array,
): void {
  multiplyInt32(vector, 0, vector.length, weights, bias, 0, values.length, accumulators)
  for (let at = 0; at < values.length; at++)
    values[at] = clamp16(values[at]! + multiplyByQuantizedMultiplier(accumulators[at]!, multiplier, shift))
}

/** Brings int16 values to mean 0 and variance 1 and weighs them, in place (`PortableApplyLayerNorm` of TensorFlow Lite). */
export function normalizeIntegers(
  { factors, bias, rescale, leastVariance }: IntegerNormalization,
  values: Int16Array,
): void {
  const count = values.length
  let [sum, squares] = [0, 0]
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = Math.trunc((sum * 1024) / count)
  const variance = Math.trunc((squares * Math.trunc(two20 / count) - mean * mean) / two20) | 0
  const { multiplier, shift } = inverseSquareRoot(variance < 1 ? leastVariance : variance)
  for (let at = 0; at < count; at++) {
    const shifted = 1024 * values[at]! - mean
    const normalized = multiplyByQuantizedMultiplier(shifted, multiplier, shift)
    const weighted = (Math.imul(normalized, factors[at]!) + bias[at]!) | 0
    const rounded = Math.trunc((weighted + (weighted > 0 ? 512 : -512)) / 1024)
    values[at] = clamp16(multiplyByQuantizedMultiplier(rounded, rescale.multiplier, rescale.shift + 12))
  }
}

const two20 = 2 ** 20

/** Holds a number within int16. */
export const clamp16 = (value: number): number => (value > 32767 ? 32767 : value < -32768 ? -32768 : value)
