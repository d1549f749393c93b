import { roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { MeanIntegerParameters } from './parameters.ts'

/**
 * MEAN on 8-bit integers in the `xnnpack` arithmetic: the centred sum times a float32 factor, the zero point added in
 * float32, then rounded to the nearest integer, halves to even. See `arithmetic/README.md`.
 */
export function meanXnnpack(
  parameters: MeanIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, inputZeroPoint, outputZeroPoint, range } = parameters
  const { outputs, count, outputOf } = geometry
  const factor = meanFactor(parameters, count)
  const sums = new Int32Array(outputs)
  return (input, output) => {
    sums.fill(-inputZeroPoint * count)
    for (let i = 0; i < outputOf.length; i++) sums[outputOf[i]!] = sums[outputOf[i]!]! + input[i]!
    for (let i = 0; i < outputs; i++) {
      const scaled = Math.fround(Math.fround(sums[i]!) * factor)
      const value = roundHalfToEven(Math.fround(scaled + outputZeroPoint))
      output[i] = value < range.min ? range.min : value > range.max ? range.max : value
    }
  }
}

/** What the sum of `count` elements is multiplied with, in float32. */
export function meanFactor(
  { inputScale, outputScale }: Pick<MeanIntegerParameters, 'inputScale' | 'outputScale'>,
  count: number,
): number {
  return Math.fround(Math.fround(inputScale / outputScale) * Math.fround(1 / count))
}
