import { pairElements } from '../../shared/elements.ts'
import type { ElementsPairing } from '../../shared/elements.ts'
import type { BroadcastRows } from '../../shared/broadcast.ts'
import { quantizeMultiplier, multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { integerLimits } from '@quantrx/core'
import type { ActivationType, ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'

/** PRELU in float32: the value, below 0 its product with the slope that broadcasting gives it, rounded once. */
export const preluFloat32 = (rows: BroadcastRows): ElementsPairing<number> =>
  pairElements(rows, (value, slope) => (value >= 0 ? value : value * slope))

/** PRELU on quantized integers: how the operands are walked, and how input, slopes and output are stored. */
export interface PreluIntegerParameters {
  readonly rows: BroadcastRows
  readonly type: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly slopes: ScaleAndZeroPoint
  readonly output: ScaleAndZeroPoint
}

/** PRELU on 8-bit integers, element by element: see {@link preluStored}. */
export const preluInteger = (parameters: PreluIntegerParameters): ElementsPairing<number> =>
  pairElements<number>(parameters.rows, preluStored(parameters))

/**
 * PRELU of one stored 8-bit integer and its stored slope in the `tflite` arithmetic: each side of 0 is rescaled with a factor
 * of its own, computed in float32 (spec 7.9).
 */
export function preluStored(
  parameters: Omit<PreluIntegerParameters, 'rows'>,
): (stored: number, slope: number) => number {
  const { type, input, slopes, output } = parameters
  const { min, max } = integerLimits[type]
  const factors = preluFactors(parameters)
  const [above, below] = [quantizeMultiplier(factors.above), quantizeMultiplier(factors.below)]
  return (stored, slope) => {
    const difference = stored - input.zeroPoint
    const level =
      difference >= 0
        ? multiplyByQuantizedMultiplier(difference, above.multiplier, above.shift)
        : multiplyByQuantizedMultiplier(
            difference * (slope - slopes.zeroPoint),
            below.multiplier,
            below.shift,
          )
    const value = output.zeroPoint + level
    return value < min ? min : value > max ? max : value
  }
}

/** Outputs for each stored unit of what is not negative, and for each of the product of a negative value and its slope. */
export function preluFactors({ input, slopes, output }: Omit<PreluIntegerParameters, 'rows' | 'type'>): {
  readonly above: number
  readonly below: number
} {
  return {
    above: Math.fround(input.scale / output.scale),
    below: Math.fround(Math.fround(input.scale * slopes.scale) / output.scale),
  }
}
