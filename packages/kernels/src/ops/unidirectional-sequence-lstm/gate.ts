import type { Activate } from '../../shared/recurrent-activation.ts'
import type { AddProducts } from '../../shared/multiplicand.ts'

/** What a gate of a float32 LSTM computes from the vectors of a step. */
export interface LstmGate {
  /** Products with the input, perhaps an auxiliary input, and the output of the step before, in this order. */
  readonly products: readonly AddProducts[]
  /** Weights of the cell's own values, one each, where the gate looks at them. */
  readonly peephole?: Float32Array
  /** Factors of the normalized sums; without them nothing is normalized. */
  readonly normalization?: Float32Array
  /** One value for each cell. */
  readonly bias: Float32Array
}

/** Parts of an LSTM by what they decide: what is taken in, what is kept, the new value itself, what is put out. */
export type GateName = 'input' | 'forget' | 'cell' | 'output'

/**
 * A function that fills an array with a gate's values: `activate(products + peephole · cell + bias)`, where the bias comes first;
 * with normalization, `activate(normalized(products + peephole · cell) · factors + bias)`.
 *
 * @param observe is shown the sums before they are normalized.
 */
export function computeGate(
  { products, peephole, normalization, bias }: LstmGate,
  activate: Activate,
  observe?: (sums: Float32Array) => void,
): (cell: Float32Array, values: Float32Array) => void {
  return (cell, values) => {
    if (normalization === undefined) values.set(bias)
    else values.fill(0)
    for (const add of products) add(values)
    if (peephole !== undefined) {
      for (let at = 0; at < values.length; at++) values[at]! += Math.fround(peephole[at]! * cell[at]!)
    }
    if (normalization !== undefined) {
      observe?.(values)
      normalize(values)
      for (let at = 0; at < values.length; at++)
        values[at] = Math.fround(values[at]! * normalization[at]!) + bias[at]!
    }
    activate(values)
  }
}

const leastVariance = 1e-8

/** Brings values to mean 0 and variance 1, in place, in float32 (`MeanStddevNormalization` of TensorFlow Lite). */
export function normalize(values: Float32Array): void {
  const round = Math.fround
  let sum = 0
  for (const value of values) sum = round(sum + value)
  const mean = round(sum / values.length)
  let squares = 0
  for (const value of values) {
    const difference = round(value - mean)
    squares = round(squares + round(difference * difference))
  }
  const variance = round(round(squares / values.length) + round(leastVariance))
  const factor = round(1 / round(Math.sqrt(variance)))
  for (let at = 0; at < values.length; at++) values[at] = round(values[at]! - mean) * factor
}
