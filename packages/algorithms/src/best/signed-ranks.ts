/** Fewest pairs that point one way by chance no more often than once in twenty times: 2^-5. */
export const fewestPairs = 5

/** A standard normal variable is above this once in twenty times. */
const oneInTwenty = 1.645

/**
 * Whether errors are smaller than others of the same samples, pair by pair, so clearly that chance alone would give as much once in
 * twenty times at most, and smaller as a whole: the signed-rank test of F. Wilcoxon 1945 (Individual Comparisons by Ranking
 * Methods), one-sided, with the normal approximation for its sum of ranks; equal pairs are left out, equal differences share a rank.
 * It does not mind that a few samples have errors far beyond the others'. Only exactly rounded operations, so that every engine
 * decides alike.
 *
 * @example
 * clearlySmaller(equalizedErrors, plainErrors)
 */
export function clearlySmaller(errors: readonly number[], others: readonly number[]): boolean {
  const differences = errors.map((error, at) => others[at]! - error).filter((difference) => difference !== 0)
  const count = differences.length
  if (count < fewestPairs || !(sum(errors) < sum(others))) return false
  const mean = (count * (count + 1)) / 4
  const variance = (mean * (2 * count + 1)) / 6
  return positiveRanks(differences) - mean >= oneInTwenty * Math.sqrt(variance)
}

/** Sum of the ranks, by magnitude from 1, of the differences above 0. */
function positiveRanks(differences: readonly number[]): number {
  const sorted = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b))
  let ranks = 0
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && Math.abs(sorted[to]!) === Math.abs(sorted[from]!)) to++
    // Ranks from + 1 to `to`, of which each of the equal ones gets the mean.
    const shared = (from + 1 + to) / 2
    for (let at = from; at < to; at++) if (sorted[at]! > 0) ranks += shared
    from = to
  }
  return ranks
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
