import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { requantizer } from '../../arithmetic/requantize.ts'
import { conv2dAccumulate } from '../../ops/conv-2d/accumulate.ts'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { convolveInteger } from '../../shared/convolve-integer.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import type { RequantizeEpilogueOptions } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { emulatedUsdot } from '../run-kernel.conformance.ts'
import { foldZeroPoint, largestSums } from '../sums.ts'
import { randomIntegers, randomRequantization, shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'

export const arithmetics = ['tflite', 'xnnpack'] as const

type Bytes = Int8Array | Uint8Array
type Requantization = Omit<RequantizeEpilogueOptions, 'arithmetic'>

/** What a case is filled with. */
export interface IntegerFilling {
  readonly type: 'int8' | 'uint8'
  readonly seed: number
  /** The number of channels when left out. */
  readonly requantizationSeed?: number
  /** Of the input; one end of the type, the other, or a value between them when left out. */
  readonly zeroPoint?: number
  /** Whether some weights are moved out of bytes. */
  readonly exceeds?: boolean
  readonly adapt?: (options: Requantization) => Requantization
}

/** A convolution in integers with its output by the reference in each arithmetic. */
export interface IntegerOperands {
  readonly geometry: Conv2dGeometry
  readonly type: 'int8' | 'uint8'
  readonly zeroPoint: number
  readonly input: Bytes
  readonly filter: Int16Array
  readonly requantization: Requantization
  readonly expected: Readonly<Record<Arithmetic, Bytes>>
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

/** Draws a case; its sums are computed once and requantized in each arithmetic. */
export function integerOperands(each: ConvolutionCase, filling: IntegerFilling): IntegerOperands {
  const { type, seed, requantizationSeed = each.channels, exceeds = false, adapt = (same) => same } = filling
  const shapes = shapesOf(each, false)
  const geometry = conv2dGeometry(shapes)
  const random = seededRandom(seed)
  const { min, max } = type === 'int8' ? { min: -128, max: 127 } : { min: 0, max: 255 }
  const array = type === 'int8' ? Int8Array : Uint8Array
  const input = array.from(randomIntegers(random, product(shapes.input), min, max))
  const filter = Int16Array.from(randomIntegers(random, product(shapes.filter), -128, 127))
  if (exceeds) exceedBytes(random, filter)
  const zeroPoint = filling.zeroPoint ?? [min, max, min + 100][each.channels % 3]!
  const drawn = randomRequantization(
    ...([requantizationSeed, each.outputs, filter.length / each.outputs, type, 'tflite'] as const),
  )
  const requantization = adapt(drawn)
  const expected = {
    tflite: new array(product(shapes.output)),
    xnnpack: new array(product(shapes.output)),
  }
  const [tflite, xnnpack] = arithmetics.map((arithmetic) => requantizer({ ...requantization, arithmetic }))
  const accumulate = conv2dAccumulate(geometry, filter, requantization.bias)
  convolveInteger(geometry, accumulate, zeroPoint, (sums: Int32Array, count, _, at) => {
    tflite!(sums, count, expected.tflite, at)
    xnnpack!(sums, count, expected.xnnpack, at)
  })(input, expected.tflite)
  return { geometry, type, zeroPoint, input, filter, requantization, expected }
}

/** Moves a few weights out of bytes, to either side. */
function exceedBytes(random: Random, filter: Int16Array): void {
  for (let count = Math.ceil(filter.length / 2000); count > 0; count--) {
    const at = random.integer(filter.length)
    filter[at] = random.integer(2) === 0 ? 128 + random.integer(127) : -129 - random.integer(127)
  }
}

/** How a kernel computes a case. */
export interface IntegerVariant {
  readonly arithmetic: Arithmetic
  readonly inner: InnerLoop
  readonly fusible: boolean
}

/** The kernel of a case. */
export function integerKernel(
  { geometry, type, zeroPoint, filter, requantization }: IntegerOperands,
  { arithmetic, inner, fusible }: IntegerVariant,
): GeneratedKernel {
  const signed = type === 'int8'
  const bytes = inner === emulatedUsdot
  const bias = bytes
    ? foldZeroPoint(requantization.bias, filter, signed ? zeroPoint + 128 : zeroPoint)
    : requantization.bias
  const length = filter.length / bias.length
  const sums = largestSums(requantization.bias, (channel) => {
    let magnitude = 0
    for (let at = channel * length; at < (channel + 1) * length; at++) magnitude += Math.abs(filter[at]!)
    return magnitude
  })
  const options = { ...requantization, bias }
  const epilogue =
    arithmetic === 'tflite'
      ? integerRequantizeEpilogue({ ...options, arithmetic }, sums)!
      : floatRequantizeEpilogue({ ...options, arithmetic, largestSums: sums })
  const form = { kind: bytes ? 'uint8' : 'int16', signed, zeroPoint } as const
  // As models store them, and as a zero point leaves them.
  const weights = bytes && signed ? Int8Array.from(filter) : filter
  return conv2dKernel({ geometry, form, inner, epilogue, filter: weights, fusible })!
}
