import type { IntegerArray } from '../arithmetic/requantize.ts'

/** Writes `stored - zeroPoint` of every element to `centered`, where 0 stands for the real number 0. */
export function centerInto(centered: Int16Array, stored: IntegerArray, zeroPoint: number): void {
  centered.set(stored)
  if (zeroPoint === 0) return
  for (let i = 0; i < centered.length; i++) centered[i] = centered[i]! - zeroPoint
}

/**
 * A copy of stored integers with their zero points subtracted; one zero point for all, or one for each slice of
 * `sliceLength` consecutive elements.
 */
export function centered(
  stored: IntegerArray,
  zeroPoints: readonly number[],
  sliceLength = stored.length,
): Int16Array {
  const values = new Int16Array(stored.length)
  for (let slice = 0, from = 0; from < stored.length; slice++, from += sliceLength) {
    const part = values.subarray(from, from + sliceLength)
    centerInto(part, stored.subarray(from, from + sliceLength), zeroPoints[slice] ?? zeroPoints[0] ?? 0)
  }
  return values
}
