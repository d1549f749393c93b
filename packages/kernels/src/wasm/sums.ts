/** Largest magnitude of an 8-bit integer whose zero point is subtracted. */
const largestInput = 255

/**
 * Bounds of the magnitude of each channel's sum, bias included, whatever the input.
 *
 * @param weightMagnitude sum of the magnitudes of a channel's weights.
 */
export function largestSums(bias: Int32Array, weightMagnitude: (channel: number) => number): Float64Array {
  const sums = new Float64Array(bias.length)
  for (let channel = 0; channel < sums.length; channel++)
    sums[channel] = Math.abs(bias[channel]!) + largestInput * weightMagnitude(channel)
  return sums
}

/**
 * Bounds of the magnitude of each channel's sum that look at no weight: enough where only overflow matters.
 *
 * @param weights how many each channel has.
 * @param largestWeight the largest magnitude of one.
 */
export function looseSums(bias: Int32Array, weights: number, largestWeight = largestInput): Float64Array {
  const products = largestInput * largestWeight * weights
  const sums = new Float64Array(bias.length)
  for (let channel = 0; channel < sums.length; channel++) sums[channel] = Math.abs(bias[channel]!) + products
  return sums
}

/**
 * Bounds that look at no weight, those of {@link largestSums} where they are `end` or more, which takes far longer.
 *
 * @param loose as {@link looseSums} gives them.
 */
export function tightened(
  loose: Float64Array,
  end: number,
  bias: Int32Array,
  weightMagnitude: (channel: number) => number,
): Float64Array {
  const sums = loose.slice()
  for (let channel = 0; channel < sums.length; channel++) {
    if (sums[channel]! >= end)
      sums[channel] = Math.abs(bias[channel]!) + largestInput * weightMagnitude(channel)
  }
  return sums
}

/**
 * The bias of sums whose inputs keep their zero point: `bias - zeroPoint * sum(weights)`.
 *
 * @param weights those of each channel one after the other, or with `channelsLast` those of each tap.
 */
export function foldZeroPoint(
  bias: Int32Array,
  weights: Int16Array | Int8Array,
  zeroPoint: number,
  layout: 'channelsFirst' | 'channelsLast' = 'channelsFirst',
): Int32Array {
  // As activations that begin at 0 have it: no weight needs to be looked at.
  if (zeroPoint === 0) return bias
  const taps = weights.length / bias.length
  const [channelStep, tapStep] = layout === 'channelsFirst' ? [taps, 1] : [1, bias.length]
  return bias.map((value, channel) => {
    let sum = 0
    for (let tap = 0; tap < taps; tap++) sum += weights[channel * channelStep + tap * tapStep]!
    return (value - Math.imul(zeroPoint, sum)) | 0
  })
}
