import type { WeightedLayer } from './weighted-layer.ts'

/** First and second moments of a layer's inputs, for one group of its channels, as sums over rows. */
export interface GroupMoments {
  /** `Σ q qᵀ` over the inputs of the quantized layer; lower triangle. */
  readonly second: Float64Array
  /** `Σ q fᵀ` with the inputs `f` of the float layer at the same position; empty where it is not wanted. */
  readonly cross: Float64Array
  readonly sum: Float64Array
  readonly floatSum: Float64Array
}

/** Moments of all groups of a layer. Memory depends on the layer, not on the number of samples. */
export interface LayerMoments {
  rows: number
  readonly groups: readonly GroupMoments[]
}

/** One sample's input to a layer in both models. */
export interface LayerInputs {
  /** As the quantized model stores it. */
  readonly stored: ArrayLike<number>
  readonly zeroPoint: number
  readonly float: ArrayLike<number>
}

/** Moments of nothing, with or without those that mix both models. */
export function emptyMoments({ groups, depth }: WeightedLayer, mixed: boolean): LayerMoments {
  const zeros = (wanted = true): Float64Array => new Float64Array(wanted ? depth * depth : 0)
  return {
    rows: 0,
    groups: Array.from({ length: groups }, () => ({
      ...{ second: zeros(), cross: zeros(mixed) },
      ...{ sum: new Float64Array(depth), floatSum: new Float64Array(depth) },
    })),
  }
}

/**
 * Adds the rows of some positions of one sample, in the order given: `H = Σ x xᵀ` of Frantar et al. 2022 (arXiv 2210.17323,
 * section 3.1) with x in units of the input's scale. Sums of stored integers are exact, those of floats in a fixed order.
 */
export function addToMoments(
  layer: WeightedLayer,
  moments: LayerMoments,
  { stored, zeroPoint, float }: LayerInputs,
  positions: readonly number[],
): void {
  const { groups, depth } = layer
  const [own, reference] = [new Float64Array(groups * depth), new Float64Array(groups * depth)]
  for (const position of positions) {
    layer.row(stored, zeroPoint, position, own)
    layer.row(float, 0, position, reference)
    moments.groups.forEach((group, at) => addRow(group, own, reference, at * depth, depth))
    moments.rows++
  }
}

function addRow(
  { second, cross, sum, floatSum }: GroupMoments,
  own: Float64Array,
  reference: Float64Array,
  start: number,
  depth: number,
): void {
  const mixed = cross.length > 0
  for (let row = 0; row < depth; row++) {
    const value = own[start + row]!
    floatSum[row]! += reference[start + row]!
    // After RELU half of all values are 0.
    if (value === 0) continue
    sum[row]! += value
    const line = row * depth
    for (let column = 0; column <= row; column++) second[line + column]! += value * own[start + column]!
    for (let column = 0; mixed && column < depth; column++)
      cross[line + column]! += value * reference[start + column]!
  }
}

/**
 * Positions of one of several samples that a layer looks at: all of them, or an even choice that differs from sample to
 * sample, so that together they are at most about `limit`.
 */
export function chosenPositions(
  positions: number,
  sample: number,
  samples: number,
  limit: number,
): readonly number[] {
  const count = Math.min(positions, Math.max(1, Math.floor(limit / samples)))
  // Multiples of the golden ratio spread evenly over an interval, however many there are.
  const offset = ((sample * 40_503) % 65_536) / 65_536
  return Array.from({ length: count }, (_, at) => Math.floor(((at + offset) * positions) / count))
}
