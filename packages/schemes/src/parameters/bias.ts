import { roundHalfAwayFromZero } from '@quantrx/core'

/** Types of a bias and the largest magnitude that one is clamped to. An int64 bias has the domain of the kernels' sums. */
const largestBias = { int32: 2 ** 31 - 1, int64: 2 ** 47 - 1 } as const

/** Type of a bias: int32 beside int8 activations, int64 beside int16. */
export type BiasType = keyof typeof largestBias

/** Smaller bias scales would make reciprocals overflow float32. */
const smallestScale = 2 ** -126

/**
 * Weight scales widened where the bias would overflow its type: where `|bias| / (inputScale * weightScale)` exceeds half
 * of int32, the weight scale of that channel grows until it does not; the other half is for the products. Follows spec 3.5.
 * They also grow where the bias scale would be too small for float32.
 *
 * @param scales One for each channel, or one for all.
 */
export function widenForBias(
  scales: readonly number[],
  bias: Float32Array | undefined,
  inputScale: number,
  type: BiasType = 'int32',
): readonly number[] {
  const floor = smallestScale / inputScale
  const largest = (largestBias[type] / 2) * inputScale
  if (scales.length !== 1) {
    return scales.map((scale, channel) =>
      atLeast(scale, Math.max(Math.abs(bias?.[channel] ?? 0) / largest, floor)),
    )
  }
  let needed = floor
  for (let at = 0; at < (bias?.length ?? 0); at++) needed = Math.max(needed, Math.abs(bias![at]!) / largest)
  return [atLeast(scales[0]!, needed)]
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
  // A plain loop: `Int32Array.from` with a callback takes ten times as long.
  const stored = new Int32Array(bias.length)
  for (let channel = 0; channel < bias.length; channel++) {
    stored[channel] = level(bias[channel]!, channel, scales, 'int32')
  }
  return stored
}

/** A bias as int64, for int16 activations; otherwise as {@link quantizeBias} has it. */
export function quantizeWideBias(bias: Float32Array, scales: readonly number[]): BigInt64Array {
  return BigInt64Array.from(bias, (value, channel) => BigInt(level(value, channel, scales, 'int64')))
}

function level(value: number, channel: number, scales: readonly number[], type: BiasType): number {
  const inverse = Math.fround(1 / (scales[channel] ?? scales[0] ?? 1))
  const largest = largestBias[type]
  return Math.max(-largest, Math.min(largest, roundHalfAwayFromZero(value * inverse)))
}
