/**
 * Prepares the least squared error that clipping values at a distance from 0 can have, as a function of that distance, in widths of a
 * bin. Summed over all values on this side of 0, in squares of the bins' width.
 *
 * Every value counts as if it stood at the end of its bin that is closer to 0, and those of the bin with the edge as if they were not
 * clipped, so that one lookup tells. Above the true error by no more than rounding.
 *
 * @param counts How many values each bin holds, by its distance from 0, from 0 up.
 *
 * @example
 * clippingError([0, 0, 0, 5])(1) // 20: each of the five is at least 2 away
 */
export function clippingError(counts: readonly number[]): (distance: number) => number {
  const beyond = (weight: (bin: number) => number): Float64Array => {
    const sums = new Float64Array(counts.length + 1)
    for (let bin = counts.length - 1; bin >= 0; bin--) sums[bin] = sums[bin + 1]! + counts[bin]! * weight(bin)
    return sums
  }
  const [values, distances, squares] = [beyond(() => 1), beyond((bin) => bin), beyond((bin) => bin * bin)]
  return (distance) => {
    const first = Math.min(counts.length, Math.ceil(distance))
    return squares[first]! - 2 * distance * distances[first]! + distance * distance * values[first]!
  }
}
