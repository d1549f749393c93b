import { mapElements } from '../../shared/elements.ts'

/** HARD_SWISH in float32: `x * min(max(x + 3, 0), 6) / 6`, a rounding at each step. */
export const hardSwishFloat32 = mapElements((value: number) => {
  const gate = Math.min(6, Math.max(0, Math.fround(value + 3)))
  return Math.fround(value * gate) / 6
})
