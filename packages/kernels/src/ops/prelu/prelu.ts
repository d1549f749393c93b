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

/**
 * PRELU on 8-bit integers in the `tflite` arithmetic: each side of 0 is rescaled with a factor of its own, computed in
 * float32 (spec 7.9).
 */
export function preluInteger(parameters: PreluIntegerParameters): ElementsPairing<number> {
  const { rows, type, input, slopes, output } = parameters
  const { min, max } = integerLimits[type]
  const above = quantizeMultiplier(Math.fround(input.scale / output.scale))
  const below = quantizeMultiplier(Math.fround(Math.fround(input.scale * slopes.scale) / output.scale))
  return pairElements<number>(rows, (stored, slope) => {
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
  })
}
