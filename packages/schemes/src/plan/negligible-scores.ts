import type { ActivationType } from './treatment.ts'

/** Bits of a half of the last place of what SOFTMAX gives. */
const precision: Readonly<Record<ActivationType, number>> = { int8: 9, int16: 16 }

/**
 * How far below the largest of its scores others may be left out by a SOFTMAX: all of them together weigh less than half a step of
 * its output.
 *
 * @param scores Number of scores that it compares.
 * @param beta What it multiplies scores by, above 0.
 */
export function negligibleBelow(scores: number, beta: number, type: ActivationType): number {
  const bits = 32 - Math.clz32(Math.max(1, scores))
  return ((precision[type] + bits) * Math.LN2) / (beta > 0 ? beta : 1)
}
