import type { MergeableObserver, Range } from '@quantrx/core'
import type { Histogram } from '../histogram.ts'
import { histogramObserver } from '../histogram-observer.ts'
import { quantizationError } from '../quantization-error.ts'

/** What each end is multiplied by from one try to the next: 3 % beside the best end, the error is hardly larger. */
const shrink = 31 / 32

/** Tries for an end: down to 1/512 of it, as fine as bins are. */
const tries = 197

/** Most rounds over both ends; two are usual. */
const rounds = 4

/**
 * The range whose 8-bit asymmetric quantization has the least expected squared error over all values, rounding and clipping
 * together; never wider than from the smallest to the largest value, and always with 0 inside. Both ends are shrunk together
 * first, then each by itself, over and over; of equal errors the wider range is kept.
 *
 * One pass over a histogram of 2048 bins, so memory stays constant; neither order nor grouping of samples matters. Made for
 * int8 activations: those of int16 lose by any clipping.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ mse: mse() }))
 */
export function mse(): MergeableObserver<Histogram> {
  return histogramObserver('mse', leastErrorRange)
}

/** How many times each end is shrunk. */
interface Shrinking {
  readonly low: number
  readonly high: number
}

function leastErrorRange(histogram: Histogram): Range {
  const [min, max] = [Math.min(histogram.min, 0), Math.max(histogram.max, 0)]
  const shares = [1]
  while (shares.length < tries) shares.push(shares.at(-1)! * shrink)
  const errorOf = quantizationError(histogram)
  const rangeOf = ({ low, high }: Shrinking): Range => ({ min: min * shares[low]!, max: max * shares[high]! })
  // The least error so far: nothing above it needs to be known.
  let least = Infinity
  const leastOf = (line: (at: number) => Shrinking): Shrinking => {
    let best = line(0)
    let error = Infinity
    for (let at = 0; at < tries; at++) {
      const found = errorOf(rangeOf(line(at)), least)
      if (found < error) [best, error] = [line(at), found]
      least = Math.min(found, least)
    }
    return best
  }
  let { low, high } = leastOf((at) => ({ low: at, high: at }))
  for (let round = 0; min < 0 && max > 0 && round < rounds; round++) {
    const before = { low, high }
    high = leastOf((at) => ({ low, high: at })).high
    // Then the low end has been found beside this very high end.
    if (round > 0 && high === before.high) break
    low = leastOf((at) => ({ low: at, high })).low
    if (low === before.low) break
  }
  return rangeOf({ low, high })
}
