import type { Measures } from '../tune/budget.ts'

/** What candidates are compared by. */
export interface ComparedCandidate {
  readonly measures: Measures
  /** Size of the file. */
  readonly bytes: number
  /** Median of an inference. */
  readonly medianMs: number
}

/** Times that differ by less are taken to be equal: the same program measures so differently from run to run. */
const sameTime = 1.1

/**
 * Which candidates nothing beats: there is no other that is at least as accurate, as small and as fast, and better in one of these.
 * Accuracy is top-1 where there are labels, agreement with the float model otherwise; where that is equal, the signal-to-noise
 * ratio of the output decides. Times within 10 % count as equal.
 *
 * @example
 * const front = candidates.filter((_, at) => paretoFront(candidates)[at])
 */
export function paretoFront(candidates: readonly ComparedCandidate[]): readonly boolean[] {
  return candidates.map((candidate) => !candidates.some((other) => beats(other, candidate)))
}

/** The most accurate first; of equal ones the smallest, then the fastest. */
export function byAccuracy(a: ComparedCandidate, b: ComparedCandidate): number {
  return compareAccuracy(b, a) || a.bytes - b.bytes || a.medianMs - b.medianMs
}

function beats(a: ComparedCandidate, b: ComparedCandidate): boolean {
  const accuracy = compareAccuracy(a, b)
  if (accuracy < 0 || a.bytes > b.bytes || a.medianMs > b.medianMs * sameTime) return false
  return accuracy > 0 || a.bytes < b.bytes || a.medianMs * sameTime < b.medianMs
}

function compareAccuracy({ measures: a }: ComparedCandidate, { measures: b }: ComparedCandidate): number {
  const [first, second] = [a.top1 ?? a.agreement, b.top1 ?? b.agreement]
  // Not by difference: that of two exact outputs is no number.
  return first - second || Number(a.outputSqnrDb > b.outputSqnrDb) - Number(a.outputSqnrDb < b.outputSqnrDb)
}
