import { floatBits } from './epilogue.ts'

/** 1.5 * 2^23: a float32 of up to 22 bits added to it is rounded to an integer, halves to even, in its lowest bits. */
export const magic = 12582912

const bitsOfMagic = floatBits(magic)

/** Integers below differ from `magic` by what its lowest bits hold. */
export const endOfShort = 2 ** 22

/** From here on, not all integers are float32. */
const endOfExact = 2 ** 24

/** What sums start with, so that their bits end up as those of a float32. */
export interface FloatStarts {
  readonly starts: Int32Array
  /** What each such float32 is too large by; undefined where it is `magic` for all of them. */
  readonly excess: Float32Array | undefined
}

/** Sums of channels, and how far they reach. */
export interface SumBounds {
  readonly bias: Int32Array
  /** Bounds of the magnitude of the sums of each channel, bias included. */
  readonly largestSums?: Float64Array
  /** The middle of where the sums of each channel are, as {@link largestSums} counts them in; 0 when left out. */
  readonly centers?: Int32Array
}

/**
 * Sums that start at the bits of `magic` are floats already, `magic` too large, as long as they have up to 22 bits. Others may, as
 * those of a channel that is little more than its bias, once they are moved towards 0: that is undone when `magic` is
 * subtracted, without a rounding, since all of these numbers are integers that float32 holds.
 *
 * @returns undefined where the sums of a channel reach too far, or nothing is known of them.
 */
export function floatStarts({ bias, largestSums, centers }: SumBounds): FloatStarts | undefined {
  if (largestSums === undefined) return undefined
  const starts = new Int32Array(bias.length)
  const excess = new Float32Array(bias.length)
  let moves = false
  for (let channel = 0; channel < bias.length; channel++) {
    const largest = largestSums[channel]!
    let moved = 0
    // Also where they are no numbers.
    if (!(largest < endOfShort)) {
      const center = centers?.[channel] ?? 0
      const reach = largest - Math.abs(center)
      if (!(largest < endOfExact && reach < endOfShort)) return undefined
      // Even, so that the excess is a float32 whatever its sign.
      moved = 2 * Math.ceil((largest - endOfShort + 1) / 2) * Math.sign(center)
      if (moved !== 0) moves = true
    }
    starts[channel] = bias[channel]! + bitsOfMagic - moved
    excess[channel] = magic - moved
  }
  return { starts, excess: moves ? excess : undefined }
}
