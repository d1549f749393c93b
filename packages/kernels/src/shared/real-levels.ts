import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { ScaleAndZeroPoint } from './integer-tensor.ts'

const headroomBits = 8

/** What every value of a type stands for in 256ths, the smallest value first. */
export function realLevels(type: 'int8' | 'uint8', { scale, zeroPoint }: ScaleAndZeroPoint): Int32Array {
  const { min, max } = integerLimits[type]
  const { multiplier, shift } = quantizeMultiplier(scale)
  return Int32Array.from({ length: max - min + 1 }, (_, at) =>
    multiplyByQuantizedMultiplier((at + min - zeroPoint) << headroomBits, multiplier, shift),
  )
}
