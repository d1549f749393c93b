import { roundHalfToEven } from '@quantrx/core'
import type { ActivationRange } from './activation-range.ts'
import type { Arithmetic } from './arithmetic.ts'
import {
  multiplyRoundingOnce,
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply,
} from './fixed-point.ts'

/** An array that holds the outputs of an integer operator. */
export type IntegerArray = Int8Array | Uint8Array | Int16Array | Int32Array

/**
 * How accumulators are rounded: as one of the arithmetics does, or `ruy`: with integers, once. So does the library of that name,
 * which LiteRT multiplies matrices with where it does not give an operator to XNNPACK.
 */
export type SumRounding = Arithmetic | 'ruy'

/** What turns accumulators into stored outputs: `clamp(zeroPoint + accumulator * scale[channel])`. */
export interface RequantizeOptions {
  readonly arithmetic: SumRounding
  /** Real factor of each output channel, or one for all; see {@link channelScales}. */
  readonly scales: readonly number[]
  readonly zeroPoint: number
  readonly range: ActivationRange
}

/**
 * Requantizes `count` int32 accumulators, one for each output channel in order, to `output` from position `at`.
 */
export type Requantizer = (accumulators: Int32Array, count: number, output: IntegerArray, at: number) => void

/** Scales from which the factors of accumulators follow. */
export interface AccumulatorScales {
  readonly inputScale: number
  /** One for each channel, or one for all. */
  readonly weightScales: readonly number[]
  readonly outputScale: number
  /** True for the operators whose `tflite` kernel multiplies the first two in float32: those with one scale for all. */
  readonly float32Product: boolean
}

/**
 * Factor from accumulator to output for each channel: `inputScale * weightScale / outputScale`, computed as the chosen
 * arithmetic does: in float64 for `tflite` and `ruy`, the product perhaps in float32 (spec 6.5); in float32 for `xnnpack`.
 */
export function channelScales(arithmetic: SumRounding, scales: AccumulatorScales): readonly number[] {
  const { inputScale, weightScales, outputScale, float32Product } = scales
  const round = Math.fround
  if (arithmetic === 'xnnpack')
    return weightScales.map((scale) => round(round(inputScale * scale) / outputScale))
  const product = (scale: number): number => (float32Product ? round(inputScale * scale) : inputScale * scale)
  return weightScales.map((scale) => product(scale) / outputScale)
}

/**
 * The requantizer of an arithmetic: `tflite` follows spec 6.2 (double rounding), `xnnpack` rounds float32 to even, `ruy` rounds
 * the fixed-point product once, halves upwards.
 */
export function requantizer(options: RequantizeOptions): Requantizer {
  switch (options.arithmetic) {
    case 'tflite':
      return integerRequantizer(options)
    case 'xnnpack':
      return floatRequantizer(options)
    case 'ruy':
      return onceRequantizer(options)
  }
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

function onceRequantizer({ scales, zeroPoint, range: { min, max } }: RequantizeOptions): Requantizer {
  const factors = scales.map(quantizeMultiplier)
  const perChannel = scales.length > 1 ? 1 : 0
  return (accumulators, count, output, at) => {
    for (let channel = 0; channel < count; channel++) {
      const { multiplier, shift } = factors[channel * perChannel]!
      const value = multiplyRoundingOnce(accumulators[channel]!, multiplier, shift) + zeroPoint
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
