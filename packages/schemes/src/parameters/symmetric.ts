import { elementCount, roundHalfAwayFromZero } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/** Weights use -127 to 127: a symmetric range without -128, so that pairs of products cannot overflow 16 bits. */
const largestLevel = 127

/** Smaller scales would make reciprocals overflow float32; such weights are zeros for all purposes. */
const smallestScale = 2 ** -126

/** Values of a tensor, and along which of its dimensions they are quantized on their own. */
export interface Slices {
  readonly values: Float32Array
  readonly shape: Shape
  /** Dimension of the channels; undefined to treat the tensor as a whole. */
  readonly axis: number | undefined
}

/** Calls `visit` with the channel of every value in order; channel 0 for all without an axis. */
export function forEachChannel(
  { values, shape, axis }: Slices,
  visit: (channel: number, at: number) => void,
): void {
  if (axis === undefined) {
    for (let at = 0; at < values.length; at++) visit(0, at)
    return
  }
  const channels = shape[axis] ?? 1
  const inner = elementCount(shape.slice(axis + 1))
  for (let at = 0; at < values.length; at++) visit(Math.floor(at / inner) % channels, at)
}

/** Largest magnitude of each channel. */
export function largestMagnitudes(slices: Slices): readonly number[] {
  const channels = slices.axis === undefined ? 1 : (slices.shape[slices.axis] ?? 1)
  const largest = new Array<number>(channels).fill(0)
  forEachChannel(slices, (channel, at) => {
    const magnitude = Math.abs(slices.values[at]!)
    if (magnitude > largest[channel]!) largest[channel] = magnitude
  })
  return largest
}

/**
 * Symmetric scales, `max|w| / 127` in float32, one for each channel. A channel of zeros gets scale 1: the format wants
 * scales above 0. Follows spec 3.4.
 */
export function symmetricScales(magnitudes: readonly number[]): readonly number[] {
  return magnitudes.map((magnitude) => {
    const scale = Math.fround(magnitude / largestLevel)
    return scale < smallestScale ? 1 : scale
  })
}

/**
 * Weights as int8 with the given scales and zero point 0: `round(w * (1 / scale))` in float32, halves away from zero,
 * clamped to -127..127. Follows spec 3.4.
 */
export function quantizeSymmetric(slices: Slices, scales: readonly number[]): Int8Array {
  const { values } = slices
  const stored = new Int8Array(values.length)
  const inverse = Float32Array.from(scales, (scale) => 1 / scale)
  forEachChannel(slices, (channel, at) => {
    const level = roundHalfAwayFromZero(Math.fround(values[at]! * inverse[channel]!))
    stored[at] = Math.max(-largestLevel, Math.min(largestLevel, level))
  })
  return stored
}
