import { integerLimits } from '@quantrx/core'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import { mapElements } from '../../shared/elements.ts'
import type { ElementsMap } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { rescaleStored } from '../../shared/rescale.ts'
import type { RescaleOptions } from '../../shared/rescale.ts'
import { rescaleStoredXnnpack } from '../../shared/rescale-xnnpack.ts'

/** The slope of LEAKY_RELU below 0, a float32. */
export interface LeakyReluOptions {
  readonly alpha: number
}

/** LEAKY_RELU in float32: the value, below 0 `alpha * x`, rounded once. */
export const leakyReluFloat32 = ({ alpha }: LeakyReluOptions): ElementsMap<number> =>
  mapElements((value) => (value < 0 ? value * alpha : value))

/** LEAKY_RELU on quantized integers: types, scales and the slope below 0. */
export interface LeakyReluStoredOptions extends ActivationOptions, LeakyReluOptions {
  readonly arithmetic: Arithmetic
}

/**
 * LEAKY_RELU on one stored integer: each side of 0 is rescaled with a factor of its own, computed in float32; in fixed
 * point (spec 7.9), or as XNNPACK does where it takes the operator.
 */
export function leakyReluStored(options: LeakyReluStoredOptions): StoredFunction {
  const { alpha } = options
  const { above: aboveFactor, below: belowFactor } = leakyReluFactors(options)
  if (xnnpackTakesSlopes(options, aboveFactor)) {
    return sides(options, aboveFactor, Math.fround(aboveFactor * alpha), rescaleStoredXnnpack)
  }
  return sides(options, aboveFactor, belowFactor, rescaleStored)
}

/** What fixed point takes to rescale integers above and below 0, in float32. */
export function leakyReluFactors({
  input,
  output,
  alpha,
}: Pick<LeakyReluStoredOptions, 'input' | 'output' | 'alpha'>): {
  readonly above: number
  readonly below: number
} {
  return {
    above: Math.fround(input.scale / output.scale),
    below: Math.fround(Math.fround(input.scale * alpha) / output.scale),
  }
}

function xnnpackTakesSlopes(
  { arithmetic, outputType, alpha }: LeakyReluStoredOptions,
  factor: number,
): boolean {
  const below = Math.fround(factor * alpha)
  const inRange = factor >= 2 ** -8 && factor <= 2 ** 7 && Math.abs(below) >= 2 ** -8
  const fits = below > -(2 ** 7) && below <= 2 ** 7
  return arithmetic === 'xnnpack' && outputType !== 'int16' && inRange && fits
}

function sides(
  { outputType, input, output }: LeakyReluStoredOptions,
  aboveFactor: number,
  belowFactor: number,
  rescale: (options: RescaleOptions) => StoredFunction,
): StoredFunction {
  const side = (factor: number): StoredFunction =>
    rescale({
      factor,
      inputZeroPoint: 0,
      outputZeroPoint: output.zeroPoint,
      range: integerLimits[outputType],
    })
  const [above, below] = [side(aboveFactor), side(Math.abs(belowFactor))]
  // The product with a negative factor is the product of the negative with a positive one, its rounding too.
  const sign = belowFactor < 0 ? -1 : 1
  return (stored) => {
    const difference = stored - input.zeroPoint
    return difference >= 0 ? above(difference) : below(sign * difference)
  }
}
