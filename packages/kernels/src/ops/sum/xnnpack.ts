import { roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { MeanIntegerParameters } from '../mean/parameters.ts'

const f = Math.fround

/**
 * SUM on 8-bit integers as LiteRT computes it: the raw sum times a float32 factor, to which both zero points are added as one
 * float32 number, then rounded to the nearest integer, halves to even. See `arithmetic/README.md`.
 */
export function sumXnnpack(
  parameters: MeanIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, range } = parameters
  const { outputs, count, outputOf } = geometry
  const { factor, bias } = sumLine(parameters, count)
  const sums = new Int32Array(outputs)
  return (input, output) => {
    sums.fill(0)
    for (let i = 0; i < outputOf.length; i++) sums[outputOf[i]!] = sums[outputOf[i]!]! + input[i]!
    for (let i = 0; i < outputs; i++) {
      const value = roundHalfToEven(f(f(f(sums[i]!) * factor) + bias))
      output[i] = value < range.min ? range.min : value > range.max ? range.max : value
    }
  }
}

/** What the raw sum of `count` elements is multiplied with, and what is added to the product, in float32. */
export function sumLine(
  parameters: Omit<MeanIntegerParameters, 'geometry'>,
  count: number,
): { readonly factor: number; readonly bias: number } {
  const { inputScale, inputZeroPoint, outputScale, outputZeroPoint } = parameters
  const factor = f(inputScale / outputScale)
  return { factor, bias: f(outputZeroPoint - f(f(inputZeroPoint * factor) * count)) }
}
