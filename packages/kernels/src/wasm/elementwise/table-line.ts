import { fineBits, findPlane, middleOffset } from './plane.ts'
import type { OffsetProof, Plane } from './plane.ts'

interface Range {
  readonly min: number
  readonly max: number
}

/** No line is steeper: from one value to the next it may pass all outputs. */
const steepest = 256

/**
 * A line that, rounded down and clamped to the smallest and the largest output, is a function of the 256 values of an 8-bit
 * type: a plane over one operand.
 *
 * @param outputs for the values in ascending order.
 * @returns undefined when there is none.
 */
export function lineOfTable(outputs: readonly number[]): Plane | undefined {
  const range = { min: Math.min(...outputs), max: Math.max(...outputs) }
  const slope = slopeThrough(outputs, range)
  if (slope === undefined) return undefined
  // What is clamped does not say how high the line is.
  const isReached = (output: number): boolean => (slope < 0 ? output < range.max : output > range.min)
  const first = Math.max(0, outputs.findIndex(isReached))
  const height = outputs[first]! + 0.5 - slope * (first - 128)
  return findPlane([slope, 0], height, tableOffsets(outputs, range))
}

/**
 * The middle of the slopes that a line may have: between any two values it rises by less than one more, and by more than
 * one less, than the outputs. Outputs that are clamped bound it on one side only.
 */
function slopeThrough(outputs: readonly number[], { min, max }: Range): number | undefined {
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

/** Looks at all values. */
function tableOffsets(outputs: readonly number[], { min, max }: Range): OffsetProof {
  return ([slope], shift) => {
    const unit = 2 ** (fineBits + shift)
    let [least, most] = [-Infinity, Infinity]
    outputs.forEach((output, index) => {
      const missing = output * unit - (index - 128) * slope
      if (output > min) least = Math.max(least, missing)
      if (output < max) most = Math.min(most, missing + unit - 1)
    })
    return middleOffset(least, most)
  }
}
