import { notFinite } from './unusable.ts'

/** Smallest and largest of some values; `min > max` for none. */
export interface Extremes {
  readonly min: number
  readonly max: number
}

/**
 * The smallest and the largest of the values; 0 and -0 count as 0.
 *
 * @throws DataError for NaN and infinities.
 */
export function extremes(observer: string, values: Float32Array): Extremes {
  let min = Infinity
  let max = -Infinity
  // A sum of finite float32 numbers stays finite in float64, so one look at it finds NaN and infinities.
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  if (!Number.isFinite(sum)) {
    const at = values.findIndex((value) => !Number.isFinite(value))
    throw notFinite(observer, values[at], at)
  }
  return { min: min + 0, max: max + 0 }
}
