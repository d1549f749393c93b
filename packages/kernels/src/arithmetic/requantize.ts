import { roundHalfToEven } from '@quantrx/core'
import type { ActivationRange } from './activation-range.ts'
import type { Arithmetic } from './arithmetic.ts'
import {
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply,
} from './fixed-point.ts'

/** An array that holds the outputs of an integer operator. */
export type IntegerArray = Int8Array | Uint8Array | Int16Array | Int32Array

/** What turns accumulators into stored outputs: `clamp(zeroPoint + accumulator * scale[channel])`. */
export interface RequantizeOptions {
  readonly arithmetic: Arithmetic
  /** Real factor of each output channel, or one for all; see {@link channelScales}. */
  readonly scales: readonly number[]
  readonly zeroPoint: number
  readonly range: ActivationRange
}

/**
 * Requantizes `count` int32 accumulators, one for each output channel in order, to `output` from position `at`.
 */
export type Requantizer = (accumulators: Int32Array, count: number, output: IntegerArray, at: number) => void

/**
 * Factor from accumulator to output for each channel: `inputScale * weightScale / outputScale`, computed as the chosen
 * arithmetic does: in float64 for `tflite`, in float32 for `xnnpack`.
 */
export function channelScales(
  arithmetic: Arithmetic,
  inputScale: number,
  weightScales: readonly number[],
  outputScale: number,
): readonly number[] {
  if (arithmetic === 'tflite') return weightScales.map((scale) => (inputScale * scale) / outputScale)
  return weightScales.map((scale) => Math.fround(Math.fround(inputScale * scale) / outputScale))
}

/** The requantizer of an arithmetic: `tflite` follows spec 6.2 (double rounding), `xnnpack` rounds float32 to even. */
export function requantizer(options: RequantizeOptions): Requantizer {
  return options.arithmetic === 'tflite' ? integerRequantizer(options) : floatRequantizer(options)
}

function integerRequantizer({ scales, zeroPoint, range: { min, max } }: RequantizeOptions): Requantizer {
  const factors = scales.map(quantizeMultiplier)
  const multipliers = Int32Array.from(factors, ({ multiplier }) => multiplier)
  const lefts = Int32Array.from(factors, ({ shift }) => Math.max(shift, 0))
  const rights = Int32Array.from(factors, ({ shift }) => Math.max(-shift, 0))
  const perChannel = scales.length > 1 ? 1 : 0
  return (accumulators, count, output, at) => {
    for (let channel = 0; channel < count; channel++) {
      const factor = channel * perChannel
      const product = saturatingRoundingDoublingHighMultiply(
        accumulators[channel]! << lefts[factor]!,
        multipliers[factor]!,
      )
      const value = (roundingDivideByPowerOfTwo(product, rights[factor]!) + zeroPoint) | 0
      output[at + channel] = value < min ? min : value > max ? max : value
    }
  }
}

function floatRequantizer({ scales, zeroPoint, range: { min, max } }: RequantizeOptions): Requantizer {
  const factors = Float32Array.from(scales)
  const perChannel = scales.length > 1 ? 1 : 0
  return (accumulators, count, output, at) => {
    for (let channel = 0; channel < count; channel++) {
      const scaled = Math.fround(Math.fround(accumulators[channel]!) * factors[channel * perChannel]!)
      const value = roundHalfToEven(scaled) + zeroPoint
      output[at + channel] = value < min ? min : value > max ? max : value
    }
  }
}
