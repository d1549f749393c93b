import { roundHalfAwayFromZero } from './round.ts'

/** What quantization-aware training has learned about a tensor, as FAKE_QUANT says it. */
export interface FakeQuantOptions {
  /** A range that contains 0. */
  readonly min: number
  readonly max: number
  /** Of the integers that are imitated: 2 to 16. */
  readonly bits: number
  /** True where the lowest of the integers is left out. */
  readonly narrowRange: boolean
}

/** Integers without a sign that a FAKE_QUANT imitates: `real = scale * (integer - zeroPoint)`. */
export interface FakeQuantization {
  readonly scale: number
  readonly zeroPoint: number
  readonly lowest: number
  readonly highest: number
}

/**
 * The integers that a FAKE_QUANT imitates: its range is moved so that 0 is one of them, in float32, as TensorFlow does when it
 * trains. A range of no width has a scale of 0.
 *
 * @example
 * fakeQuantization({ min: -1, max: 1, bits: 8, narrowRange: true }) // scale 2 / 254, zero point 128
 */
export function fakeQuantization({ min, max, bits, narrowRange }: FakeQuantOptions): FakeQuantization {
  const [lowest, highest] = [narrowRange ? 1 : 0, 2 ** bits - 1]
  const scale = Math.fround(Math.fround(max - min) / (highest - lowest))
  if (scale === 0) return { scale, zeroPoint: lowest, lowest, highest }
  const exact = Math.fround(lowest - Math.fround(min / scale))
  const zeroPoint = Math.max(lowest, Math.min(highest, roundHalfAwayFromZero(exact)))
  return { scale, zeroPoint, lowest, highest }
}
