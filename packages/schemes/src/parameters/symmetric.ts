import { elementCount, roundHalfAwayFromZero } from '@quantrx/core'
import type { Shape } from '@quantrx/core'

/**
 * Weights use -127 to 127 or -7 to 7: a symmetric range without the lowest integer, so that pairs of products of 8 bits
 * cannot overflow 16.
 */
export const largestLevels = { 8: 127, 4: 7 } as const

/** Bits of an integer weight. */
export type WeightBits = keyof typeof largestLevels

/** Smaller scales would make reciprocals overflow float32; such weights are zeros for all purposes. */
const smallestScale = 2 ** -126

/** Values of a tensor, and along which of its dimensions they are quantized on their own. */
export interface Slices {
  readonly values: Float32Array
  readonly shape: Shape
  /** Dimension of the channels; undefined to treat the tensor as a whole. */
  readonly axis: number | undefined
}

/** Runs of `size` elements as slices: blocks of a tensor whose innermost dimension is a multiple of `size`. */
export function blocks(values: Float32Array, size: number): Slices {
  return { values, shape: [values.length / size, size], axis: 0 }
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
 * Symmetric scales, `max|w| / 127` or, of 4 bits, `max|w| / 7` in float32, one for each channel. A channel of zeros gets
 * scale 1: the format wants scales above 0. Follows spec 3.4.
 */
export function symmetricScales(magnitudes: readonly number[], bits: WeightBits = 8): readonly number[] {
  return magnitudes.map((magnitude) => {
    const scale = Math.fround(magnitude / largestLevels[bits])
    return scale < smallestScale ? 1 : scale
  })
}

/**
 * Weights as integers with the given scales and zero point 0: `round(w * (1 / scale))` in float32, halves away from zero,
 * clamped to -127..127 or -7..7; one element a byte. Follows spec 3.4.
 */
export function quantizeSymmetric(
  slices: Slices,
  scales: readonly number[],
  bits: WeightBits = 8,
): Int8Array {
  const { values } = slices
  const largest = largestLevels[bits]
  const stored = new Int8Array(values.length)
  const inverse = Float32Array.from(scales, (scale) => 1 / scale)
  forEachChannel(slices, (channel, at) => {
    const level = roundHalfAwayFromZero(Math.fround(values[at]! * inverse[channel]!))
    stored[at] = Math.max(-largest, Math.min(largest, level))
  })
  return stored
}

/** Integers from -8 to 7 as the format stores int4: two to a byte, the first in the lower half, the last alone if need be. */
export function packInt4(values: Int8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(values.length / 2))
  for (let at = 0; at < packed.length; at++) {
    packed[at] = (values[2 * at]! & 15) | (((values[2 * at + 1] ?? 0) & 15) << 4)
  }
  return packed
}
