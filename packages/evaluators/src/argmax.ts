/**
 * Index of the largest value; the lowest index where several are equal, and -1 for no values.
 *
 * @example
 * argmax([1, 3, 3]) // 1
 */
export function argmax(values: ArrayLike<number>): number {
  let best = -1
  let bestValue = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (best === -1 || value > bestValue) {
      best = i
      bestValue = value
    }
  }
  return best
}
