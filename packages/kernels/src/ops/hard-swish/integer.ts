import { integerLimits } from '@quantrx/core'
import { quantizeMultiplier, roundingDivideByPowerOfTwo } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** Fraction bits by which stored integers are refined to 16 bits. */
const refinementBits = 7
const refinement = 2 ** refinementBits
/** The gate `min(max(x, -3), 3)` in 16 bits. */
const gateScale = Math.fround(3 / 32768)

/**
 * HARD_SWISH on one stored 8-bit integer in the `tflite` arithmetic: 16-bit fixed point with saturation, each
 * multiplier rounded to 16 bits (spec 7.9). The output scale must be at least 1/128 of the input's.
 */
export function hardSwishStored({ outputType, input, output }: ActivationOptions): StoredFunction {
  const { min, max } = integerLimits[outputType]
  const refinedScale = Math.fround((1 / 128) * input.scale)
  const result = shortMultiplier(Math.fround(refinedScale / output.scale))
  const gate = shortMultiplier(Math.fround(refinedScale / gateScale))
  return (stored) => {
    const refined = (stored - input.zeroPoint) * refinement
    const scaled = multiplyHigh16(refined, result.multiplier)
    const product = Math.trunc((gateOf(refined, gate) * scaled) / 32768)
    const level = roundingDivideByPowerOfTwo(product, Math.max(0, -result.shift))
    const value = level + output.zeroPoint
    return value < min ? min : value > max ? max : value
  }
}

/** A factor whose multiplier has 16 bits instead of 32. */
function shortMultiplier(factor: number): QuantizedMultiplier {
  const { multiplier, shift } = quantizeMultiplier(factor)
  return { multiplier: Math.min(32767, (multiplier + 32768) >> 16), shift }
}

/** `(clamp(x / 3, -1, 1) + 1) / 2` of a refined integer, in 15 fraction bits. */
function gateOf(refined: number, { multiplier, shift }: QuantizedMultiplier): number {
  let value = refined
  if (shift > 0) value = saturate16(value * 2 ** (shift - 1))
  value = multiplyHigh16(value, multiplier)
  if (shift > 0) value = saturate16(value * 2)
  if (shift < 0) value = roundingDivideByPowerOfTwo(value, -shift)
  return (value + 32768) >> 1
}

/** `round(a * b / 2^15)` of 16-bit integers, halves up. */
const multiplyHigh16 = (a: number, b: number): number => saturate16(Math.floor((a * b + 16384) / 32768))

const saturate16 = (value: number): number => Math.max(-32768, Math.min(32767, value))
