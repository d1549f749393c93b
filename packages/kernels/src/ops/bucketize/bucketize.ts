import { mapElements } from '../../shared/elements.ts'
import type { ElementsMap } from '../../shared/elements.ts'

/** BUCKETIZE: for each number, how many boundaries it has reached; NaN counts as beyond all. */
export const bucketize = (
  boundaries: ArrayLike<number>,
  /** What is compared of a number: TensorFlow Lite compares integers as float32. */
  compared: (value: number | bigint) => number,
): ElementsMap<number | bigint, number> =>
  mapElements((stored) => {
    const value = compared(stored)
    let [low, high] = [0, boundaries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (value < boundaries[middle]!) high = middle
      else low = middle + 1
    }
    return low
  })
