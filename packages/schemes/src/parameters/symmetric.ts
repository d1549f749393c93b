import { elementCount } from '@quantrx/core'
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

/** Runs of `size` of `count` elements as slices: blocks of a tensor whose innermost dimension is a multiple of `size`. */
export function blocks(count: number, size: number): Pick<Slices, 'shape' | 'axis'> {
  return { shape: [count / size, size], axis: 0 }
}

/** How many channels there are, and how many values of one stand together; one channel of all values without an axis. */
function runsOf({ values, shape, axis }: Slices): { readonly channels: number; readonly length: number } {
  if (axis === undefined) return { channels: 1, length: values.length }
  return { channels: shape[axis] ?? 1, length: elementCount(shape.slice(axis + 1)) }
}

/** Largest magnitude of each channel. */
export function largestMagnitudes(slices: Slices): readonly number[] {
  const { values } = slices
  const { channels, length } = runsOf(slices)
  const largest = new Array<number>(channels).fill(0)
  // Plain loops: where channels are innermost every value is a run, and a callback for each takes ten times as long.
  for (let from = 0, channel = 0; from < values.length; from += length) {
    let most = largest[channel]!
    for (let at = from; at < from + length; at++) {
      const magnitude = Math.abs(values[at]!)
      if (magnitude > most) most = magnitude
    }
    largest[channel] = most
    channel = channel + 1 < channels ? channel + 1 : 0
  }
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
  const { channels, length } = runsOf(slices)
  const largest = largestLevels[bits]
  const stored = new Int8Array(values.length)
  const inverse = Float32Array.from(scales, (scale) => 1 / scale)
  for (let from = 0, channel = 0; from < values.length; from += length) {
    const perStep = inverse[channel]!
    for (let at = from; at < from + length; at++) {
      const exact = Math.fround(values[at]! * perStep)
      // The sum has room for every bit of a float32 number that is not clamped, so its floor is the rounded magnitude.
      const level = Math.min(largest, Math.floor(Math.abs(exact) + 0.5))
      stored[at] = exact < 0 ? -level : level
    }
    channel = channel + 1 < channels ? channel + 1 : 0
  }
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
