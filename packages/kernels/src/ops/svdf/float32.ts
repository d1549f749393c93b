import type { AddProducts, Multiplicand } from '../../shared/multiplicand.ts'
import type { Activate } from '../../shared/recurrent-activation.ts'

/** Sizes of an SVDF: `units * rank` filters, each of which remembers its last `memory` values. */
export interface SvdfGeometry {
  readonly batches: number
  readonly inputs: number
  readonly units: number
  readonly rank: number
  readonly memory: number
}

/** What a float32 SVDF needs besides its tensors. */
export interface SvdfFloat32Parameters {
  readonly geometry: SvdfGeometry
  /** A row of the input. */
  readonly input: Multiplicand
  /** Its products with the weights of features, one sum for each filter. */
  readonly products: AddProducts
  /** `[filters, memory]`, the oldest value's weight first. */
  readonly timeWeights: Float32Array
  /** One value for each unit. */
  readonly bias: Float32Array
  readonly activate: Activate
}

/**
 * SVDF in float32, a dense layer over the last `memory` inputs whose matrix is factored into features and time (Nakkiran et al.,
 * "Compressing Deep Neural Networks using a Rank-Constrained Topology", 2015): each filter remembers its products, weighs them
 * by age, and `rank` filters add up to a unit.
 *
 * @returns a function of the input `[batches, inputs]`, the state `[batches, filters, memory]`, which it changes, and the
 * output `[batches, units]`.
 */
export function svdfFloat32(
  parameters: SvdfFloat32Parameters,
): (input: Float32Array, state: Float32Array, output: Float32Array) => void {
  const { geometry, input: vector, products, timeWeights, bias, activate } = parameters
  const { batches, inputs, units, rank, memory } = geometry
  const filters = units * rank
  const round = Math.fround
  const newest = new Float32Array(filters)
  const sumOverTime = (state: Float32Array, batch: number, filter: number): number => {
    const [from, weightsAt] = [(batch * filters + filter) * memory, filter * memory]
    let sum = 0
    for (let age = 0; age < memory; age++)
      sum = round(sum + round(timeWeights[weightsAt + age]! * state[from + age]!))
    return sum
  }
  return (input, state, output) => {
    state.copyWithin(0, 1)
    for (let batch = 0; batch < batches; batch++) {
      vector.take(input, batch * inputs)
      newest.fill(0)
      products(newest)
      for (let filter = 0; filter < filters; filter++)
        state[(batch * filters + filter + 1) * memory - 1] = newest[filter]!
      for (let unit = 0; unit < units; unit++) {
        let sum = 0
        for (let part = 0; part < rank; part++)
          sum = round(sum + sumOverTime(state, batch, unit * rank + part))
        output[batch * units + unit] = sum + bias[unit]!
      }
    }
    activate(output)
  }
}
