import { largestLevels } from './symmetric.ts'
import type { Slices, WeightBits } from './symmetric.ts'

/**
 * Weights that have been rounded to the nearest integer, with a few of them rounded the other way, so that errors cancel: those
 * of a kernel (the window of one output channel over one input channel) add up to about half a step at most, and so do those of
 * an output channel. Neighbours in a window, and channels behind an activation, have values of one sign, so that errors that
 * do not cancel move what a layer gives on average. Needs no samples.
 *
 * Follows the aims of Guo et al., "SQuant: On-the-Fly Data-Free Quantization via Diagonal Hessian Approximation", ICLR 2022;
 * channels are settled by the weights that cost least, in whichever kernel they are.
 *
 * @param levels What `quantizeSymmetric` makes of the slices with these scales; left as it is.
 *
 * @example
 * const slices = { values: Float32Array.of(0.4, 0.4, 0.3), shape: [1, 3], axis: 0 }
 * balanceRounding(slices, [1], Int8Array.of(0, 0, 0)) // Int8Array [1, 0, 0]
 */
export function balanceRounding(
  slices: Slices,
  scales: readonly number[],
  levels: Int8Array,
  bits: WeightBits = 8,
): Int8Array {
  const { values, shape, axis } = slices
  const balanced = levels.slice()
  const errors = new Float64Array(values.length)
  const largest = largestLevels[bits]
  // Where channels come last, as those of depthwise weights do, each has one kernel.
  const kernels = axis === undefined || axis === shape.length - 1 ? 1 : (shape.at(-1) ?? 1)
  for (let channel = 0; channel < (axis === undefined ? 1 : (shape[axis] ?? 1)); channel++) {
    const positions = positionsOf(slices, channel)
    const scale = scales[channel] ?? scales[0] ?? 1
    for (const at of positions) errors[at] = levels[at]! - values[at]! / scale
    // Kernels of one weight have nothing to settle.
    for (let kernel = 0; kernels > 1 && positions.length > kernels && kernel < kernels; kernel++)
      settle(everyNth(positions, kernels, kernel), balanced, errors, largest)
    settle(positions, balanced, errors, largest)
  }
  return balanced
}

/** Where the values of a channel lie, in order. */
function positionsOf({ values, shape, axis }: Slices, channel: number): Int32Array {
  const channels = axis === undefined ? 1 : (shape[axis] ?? 1)
  const inner = axis === undefined ? values.length : shape.slice(axis + 1).reduce((a, b) => a * b, 1)
  return Int32Array.from(
    { length: values.length / channels },
    (_, at) => (Math.floor(at / inner) * channels + channel) * inner + (at % inner),
  )
}

const everyNth = (positions: Int32Array, step: number, first: number): Int32Array =>
  Int32Array.from({ length: positions.length / step }, (_, at) => positions[first + at * step]!)

/** Moves weights by one step, those first whose errors grow least, until errors add up to half a step at most. */
function settle(positions: Int32Array, levels: Int8Array, errors: Float64Array, largest: number): void {
  const sum = positions.reduce((total, at) => total + errors[at]!, 0)
  const moves = Math.ceil(Math.abs(sum) - 0.5)
  if (moves <= 0) return
  const direction = sum > 0 ? -1 : 1
  const cost = (at: number): number => Math.abs(errors[at]! + direction)
  // No weight ends up a whole step away from where it was.
  const movable = positions.filter((at) => cost(at) < 1 && Math.abs(levels[at]! + direction) <= largest)
  movable.sort((a, b) => cost(a) - cost(b) || a - b)
  for (const at of movable.subarray(0, moves)) {
    levels[at] = levels[at]! + direction
    errors[at] = errors[at]! + direction
  }
}
