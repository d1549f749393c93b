import { integerLimits } from '@quantrx/core'
import type { ActivationOptions } from '../../shared/activation.ts'
import { mapElements } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** SQRT in float32, correctly rounded; NaN below 0. */
export const sqrtFloat32 = mapElements(Math.sqrt)

const f = Math.fround

/**
 * SQRT on one stored integer, through float32 and truncated rather than rounded, as LiteRT computes it; it has no other
 * integer form. Numbers below 0, which LiteRT refuses when it meets them, give what 0 gives.
 */
export function sqrtStored({ outputType, input, output }: ActivationOptions): StoredFunction {
  const { min, max } = integerLimits[outputType]
  return (stored) => {
    const real = f(input.scale * Math.max(0, stored - input.zeroPoint))
    const value = Math.trunc(f(f(Math.sqrt(real)) / output.scale)) + output.zeroPoint
    return value < min ? min : value > max ? max : value
  }
}
