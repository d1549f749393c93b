import { overlap } from './boxes.ts'

/** When a box counts, and when it hides another. */
export interface SuppressionOptions {
  readonly scoreThreshold: number
  /** Boxes that share more than this part of their area with a better one are left out. */
  readonly overlapThreshold: number
  /** Most boxes that are kept. */
  readonly limit: number
}

/**
 * Non-maximum suppression: positions of the best boxes, best first, none of which overlaps a better one too much; of equal
 * scores the first box comes first.
 */
export function suppressOverlaps(
  boxes: Float32Array,
  scores: ArrayLike<number>,
  { scoreThreshold, overlapThreshold, limit }: SuppressionOptions,
): readonly number[] {
  const candidates = Array.from(scores, (_, at) => at)
    .filter((at) => scores[at]! >= scoreThreshold)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
  const kept: number[] = []
  for (const candidate of candidates) {
    if (kept.length >= limit) break
    if (kept.every((better) => !(overlap(boxes, better, candidate) > overlapThreshold))) kept.push(candidate)
  }
  return kept
}
