import { roundHalfAwayFromZero } from '@quantrx/core'

/** How the rows of a float tensor are quantized on the fly: with a zero point of their own, or symmetric. */
export type BatchQuantization = 'asymmetric' | 'symmetric'

/**
 * Quantizes `length` real numbers from position `at` to int8 and writes them, zero point subtracted, to `centered`;
 * returns their scale. Follows spec section 9: hybrid operators quantize each row of a batch by its own range.
 */
export function quantizeRow(
  values: Float32Array,
  at: number,
  length: number,
  kind: BatchQuantization,
  centered: Int16Array,
): number {
  let min = 0
  let max = 0
  for (let i = at; i < at + length; i++) {
    const value = values[i]!
    if (value < min) min = value
    if (value > max) max = value
  }
  return kind === 'symmetric'
    ? quantizeSymmetric(values, at, length, Math.max(-min, max), centered)
    : quantizeAsymmetric(values, at, length, min, max, centered)
}

function quantizeSymmetric(
  values: Float32Array,
  at: number,
  length: number,
  largest: number,
  centered: Int16Array,
): number {
  if (largest === 0) {
    centered.fill(0, at, at + length)
    return 1
  }
  const inverse = Math.fround(127 / largest)
  for (let i = at; i < at + length; i++) {
    const level = roundHalfAwayFromZero(Math.fround(values[i]! * inverse))
    centered[i] = level < -127 ? -127 : level > 127 ? 127 : level
  }
  return Math.fround(largest / 127)
}

function quantizeAsymmetric(
  values: Float32Array,
  at: number,
  length: number,
  min: number,
  max: number,
  centered: Int16Array,
): number {
  if (min === max) {
    centered.fill(0, at, at + length)
    return 1
  }
  const exactScale = (max - min) / 255
  const zeroPoint = zeroPointOf(min, max, exactScale)
  const scale = Math.fround(exactScale)
  const inverse = Math.fround(1 / scale)
  for (let i = at; i < at + length; i++) {
    const level = roundHalfAwayFromZero(Math.fround(zeroPoint + Math.fround(values[i]! * inverse)))
    centered[i] = (level < -128 ? -128 : level > 127 ? 127 : level) - zeroPoint
  }
  return scale
}

/** Of the zero points that fit either end of the range exactly, the one with the smaller error; spec 3.2, rule 2. */
function zeroPointOf(min: number, max: number, scale: number): number {
  const fromMin = -128 - min / scale
  const fromMax = 127 - max / scale
  const minError = 128 + Math.abs(min / scale)
  const maxError = 127 + Math.abs(max / scale)
  const exact = minError < maxError ? fromMin : fromMax
  return Math.min(127, Math.max(-128, roundHalfAwayFromZero(exact)))
}
