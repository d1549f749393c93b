import type { ActivationRange } from '../arithmetic/activation-range.ts'
import { clampFloat32 } from './clamp.ts'

/** Adds a bias, one value per channel, to float32 sums, where there is one, and clamps them, in place. */
export function finishSums(
  sums: Float32Array,
  bias: Float32Array | undefined,
  channels: number,
  range: ActivationRange,
): void {
  if (bias !== undefined) for (let at = 0; at < sums.length; at++) sums[at] = sums[at]! + bias[at % channels]!
  clampFloat32(sums, 0, sums.length, range)
}
