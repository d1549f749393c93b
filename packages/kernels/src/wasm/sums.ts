/** Largest magnitude of an 8-bit integer whose zero point is subtracted. */
const largestInput = 255

/**
 * Bounds of the magnitude of each channel's sum, bias included, whatever the input.
 *
 * @param weightMagnitude sum of the magnitudes of a channel's weights.
 */
export function largestSums(bias: Int32Array, weightMagnitude: (channel: number) => number): Float64Array {
  return Float64Array.from(
    bias,
    (value, channel) => Math.abs(value) + largestInput * weightMagnitude(channel),
  )
}

/**
 * Bounds of the magnitude of each channel's sum that look at no weight: enough where only overflow matters.
 *
 * @param weights how many each channel has, of at most 255 each.
 */
export function looseSums(bias: Int32Array, weights: number): Float64Array {
  return Float64Array.from(bias, (value) => Math.abs(value) + largestInput * largestInput * weights)
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
