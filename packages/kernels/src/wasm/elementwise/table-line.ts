import { findPlane } from './plane.ts'
import type { Plane } from './plane.ts'

/** No line is steeper: from one value to the next it may pass all outputs. */
const steepest = 256

/**
 * A line that, rounded down and clamped to the smallest and the largest output, is a function of the 256 values of an 8-bit
 * type.
 *
 * @param outputs for the values in ascending order.
 * @returns undefined when there is none.
 */
export function planeOfTable(outputs: readonly number[]): Plane | undefined {
  const range = { min: Math.min(...outputs), max: Math.max(...outputs) }
  const slope = slopeThrough(outputs, range)
  if (slope === undefined) return undefined
  const steps = Array.from({ length: range.max - range.min }, (_, index) => range.min + 1 + index)
  const first = outputs.findIndex((output) => output > range.min)
  const height = outputs[Math.max(0, first)]! + 0.5 - slope * (first - 128)
  return findPlane({ a: outputs, b: [0], lowest: range.min, steps, range }, [slope, 0], height)
}

/**
 * The middle of the slopes that a line may have: between any two values it rises by less than one more, and by more than
 * one less, than the outputs. Outputs that are clamped bound it on one side only.
 */
function slopeThrough(
  outputs: readonly number[],
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  let [least, most] = [-steepest, steepest]
  for (let from = 0; from < outputs.length; from++) {
    const start = outputs[from]!
    for (let to = from + 1; to < outputs.length; to++) {
      const end = outputs[to]!
      if (start < max && end > min) least = Math.max(least, (end - start - 1) / (to - from))
      if (start > min && end < max) most = Math.min(most, (end - start + 1) / (to - from))
    }
    if (least >= most) return undefined
  }
  return (least + most) / 2
}
