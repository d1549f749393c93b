import { roundHalfAwayFromZero } from '@quantrx/core'

/** Largest int32, and so the largest magnitude that a bias is clamped to. */
const largestBias = 2 ** 31 - 1

/** A quantized bias may take at most half of the accumulator; the other half is for the products. */
const largestShare = largestBias / 2

/** Smaller bias scales would make reciprocals overflow float32. */
const smallestScale = 2 ** -126

/**
 * Weight scales widened where the bias would overflow its int32: where `|bias| / (inputScale * weightScale)` exceeds half
 * of int32, the weight scale of that channel grows until it does not. Follows spec 3.5. They also grow where the bias
 * scale would be too small for float32.
 *
 * @param scales One for each channel, or one for all.
 */
export function widenForBias(
  scales: readonly number[],
  bias: Float32Array | undefined,
  inputScale: number,
): readonly number[] {
  const floor = smallestScale / inputScale
  const needed = Array.from(bias ?? [], (value) => Math.abs(value) / (largestShare * inputScale))
  if (scales.length === 1)
    return [
      atLeast(
        scales[0] ?? 1,
        needed.reduce((a, b) => Math.max(a, b), floor),
      ),
    ]
  return scales.map((scale, channel) => atLeast(scale, Math.max(needed[channel] ?? 0, floor)))
}

/** The next float32 above what is needed, so that rounding does not fall below it. */
const atLeast = (scale: number, needed: number): number =>
  scale >= needed ? scale : Math.fround(needed * (1 + 2 ** -22))

/** Scales of a bias: `inputScale * weightScale` in float32. */
export function biasScales(inputScale: number, weightScales: readonly number[]): readonly number[] {
  return weightScales.map((scale) => Math.fround(inputScale * scale))
}

/**
 * A bias as int32 with zero point 0: `round(b * (1 / scale))`, the reciprocal in float32, halves away from zero. Follows
 * spec 3.5.
 */
export function quantizeBias(bias: Float32Array, scales: readonly number[]): Int32Array {
  return Int32Array.from(bias, (value, channel) => {
    const inverse = Math.fround(1 / (scales[channel] ?? scales[0] ?? 1))
    const level = roundHalfAwayFromZero(value * inverse)
    return Math.max(-largestBias, Math.min(largestBias, level))
  })
}
