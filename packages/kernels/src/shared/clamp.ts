import type { ActivationRange } from '../arithmetic/activation-range.ts'

/** Clamps `count` values from position `at` to a range, in place; NaN stays NaN. */
export function clampFloat32(
  values: Float32Array,
  at: number,
  count: number,
  { min, max }: ActivationRange,
): void {
  if (min === -Infinity && max === Infinity) return
  for (let i = at; i < at + count; i++) {
    const value = values[i]!
    if (value < min) values[i] = min
    else if (value > max) values[i] = max
  }
}
