import { seededRandom } from '@quantrx/core'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { requantizer } from '../../arithmetic/requantize.ts'
import { depthwiseConv2dAccumulate } from '../../ops/depthwise-conv-2d/accumulate.ts'
import { depthwiseConv2dFloat32 } from '../../ops/depthwise-conv-2d/float32.ts'
import { depthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import type { Conv2dShapes } from '../../ops/conv-2d/geometry.ts'
import { convolveInteger } from '../../shared/convolve-integer.ts'
import { floatBiasOrder } from '../../shared/float-bias.ts'
import {
  convolutionCases,
  randomIntegers,
  randomRequantization,
  shapesOf,
} from '../convolution/cases.conformance.ts'
import type { ConvolutionCase } from '../convolution/cases.conformance.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { i16 } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { foldZeroPoint, largestSums } from '../sums.ts'
import type { DepthwiseConv2dOptions } from './depthwise-conv-2d.ts'
import { zeroPointInSums } from './element-loader.ts'

/** Sizes of a depthwise convolution in tests; `outputs` is of no meaning. */
export interface DepthwiseCase extends Omit<ConvolutionCase, 'outputs'> {
  readonly multiplier?: number
}

/** Windows, borders and channels that tiles, pairs of rows, panels and loops over parts divide in every way. */
export const depthwiseCases: readonly DepthwiseCase[] = [
  ...[1, 2, 3].map((stride) => ({ size: [6, 9] as const, channels: 11, window: [3, 3] as const, stride })),
  ...[1, 2, 3, 4, 5, 6, 7].flatMap((rows) =>
    [1, 2, 3, 5].map((columns) => ({
      size: [8, 7 + columns] as const,
      channels: 9,
      window: [rows, columns] as const,
    })),
  ),
  ...[2, 3, 5, 8].flatMap((multiplier) =>
    [1, 3, 6].map((channels) => ({ size: [5, 6] as const, channels, multiplier, window: [3, 3] as const })),
  ),
  // As many kinds of tiles as positions.
  { size: [11, 30], channels: 6, window: [3, 3], dilation: 12 },
  // Rows that the nearest cache does not hold.
  { size: [3, 131], channels: 96, window: [3, 3] },
  { size: [4, 90], channels: 200, window: [3, 3], stride: 2 },
  // Windows in parts: rows or columns, then single taps, in place and in a padded copy.
  { size: [12, 13], channels: 5, window: [9, 10] },
  { size: [12, 13], channels: 5, window: [10, 9], padding: 'VALID', batches: 2 },
  { size: [2, 85], channels: 3, window: [1, 83] },
  { size: [85, 2], channels: 3, window: [83, 1], padding: 'VALID' },
  { size: [9, 9], channels: 3, multiplier: 3, window: [10, 9], dilation: 2 },
  // Bands of interleaved rows: with all rests of rows, of columns, of turns and of panels, and with borders on all sides.
  ...[1, 2].flatMap((stride) =>
    (
      [
        [1, 4, 4],
        [2, 1, 16],
        [3, 2, 24],
        [4, 4, 12],
        [5, 16, 8],
        [6, 13, 16],
        [7, 10, 8],
        [8, 28, 20],
      ] as const
    ).flatMap(([height, width, channels]) =>
      (['SAME', 'VALID'] as const)
        .filter((padding) => padding === 'SAME' || Math.min(height, width) > 2)
        .map((padding) => ({
          ...{ size: [height, width] as const, channels, window: [3, 3] as const, stride, padding },
          batches: 1 + (height % 2),
        })),
    ),
  ),
  // One row of output positions: shares are channels.
  { size: [1, 5], channels: 37, window: [1, 3] },
  { size: [3, 3], channels: 13, multiplier: 3, window: [3, 3], padding: 'VALID' },
  { size: [5, 4], channels: 6, window: [3, 3], batches: 3 },
]

/** The cases of dense convolutions, too. */
export const allDepthwiseCases: readonly DepthwiseCase[] = [...convolutionCases, ...depthwiseCases]

type Output = Float32Array | Int8Array | Uint8Array

/** A depthwise convolution with its input, and its output by the reference. */
export interface DepthwiseOperands<Type extends Output> {
  readonly options: DepthwiseConv2dOptions
  readonly input: Type
  readonly expected: Type
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

function multipliedShapes({ multiplier = 1, ...each }: DepthwiseCase): Conv2dShapes {
  const shapes = shapesOf({ ...each, outputs: each.channels }, true)
  const multiply = (shape: readonly number[]): number[] => [...shape.slice(0, 3), shape[3]! * multiplier]
  return { ...shapes, filter: multiply(shapes.filter), output: multiply(shapes.output) }
}

/** A case in float32. */
export function float32Operands(
  each: DepthwiseCase,
  arithmetic: 'tflite' | 'xnnpack',
  inner: InnerLoop,
): DepthwiseOperands<Float32Array> {
  const shapes = multipliedShapes(each)
  const geometry = depthwiseConv2dGeometry(shapes)
  const random = seededRandom(each.channels)
  const normal = (count: number): Float32Array => new Float32Array(count).map(() => random.normal())
  const [input, filter] = [normal(product(shapes.input)), normal(product(shapes.filter))]
  const bias = normal(geometry.outputChannels)
  bias[0] = -0
  const range = { min: 0, max: each.channels % 2 === 0 ? 6 : Infinity }
  const expected = new Float32Array(product(shapes.output))
  depthwiseConv2dFloat32({ arithmetic, geometry, filter, bias, range })(input, expected)
  const epilogue = float32Epilogue(floatBiasOrder(arithmetic, bias), range)
  const order = arithmetic === 'xnnpack' && geometry.depthMultiplier === 1 ? 'columns' : 'rows'
  return {
    options: { geometry, input: { kind: 'float32' }, inner, epilogue, filter, order },
    input,
    expected,
  }
}

/** The type of a case in integers and how it is multiplied. */
export interface IntegerVariant {
  readonly type: 'int8' | 'uint8'
  readonly inner: InnerLoop
  /** How many weights are moved out of bytes, which the products of bytes then take, too; none if left out. */
  readonly exceeding?: number
}

type IntegerOperands = DepthwiseOperands<Int8Array | Uint8Array>

/** A case in integers, in each arithmetic: its sums are computed once. */
export function integerOperands(
  each: DepthwiseCase,
  { type, inner, exceeding = 0 }: IntegerVariant,
): Readonly<Record<Arithmetic, IntegerOperands>> {
  const shapes = multipliedShapes(each)
  const geometry = depthwiseConv2dGeometry(shapes)
  const { outputChannels: channels } = geometry
  const random = seededRandom(channels * 7)
  const limits = type === 'int8' ? { min: -128, max: 127 } : { min: 0, max: 255 }
  const array = type === 'int8' ? Int8Array : Uint8Array
  const values = array.from(randomIntegers(random, product(shapes.input), limits.min, limits.max))
  // With zero points subtracted, uint8 weights need more than a byte.
  const largest = inner === i16 ? 255 : 127
  const filter = Int16Array.from(randomIntegers(random, product(shapes.filter), -largest, largest))
  for (let count = 0; count < exceeding; count++) {
    const beyond = random.integer(127)
    filter[random.integer(filter.length)] = count % 2 === 0 ? 128 + beyond : -129 - beyond
  }
  const zeroPoint = [limits.min, limits.max, limits.min + 100][channels % 3]!
  const depth = (filter.length / channels) * 4
  const requantization = randomRequantization(channels, channels, depth, type, 'tflite')
  const magnitudes = new Float64Array(channels)
  filter.forEach((weight, at) => (magnitudes[at % channels]! += Math.abs(weight)))
  const sums = largestSums(requantization.bias, (channel) => magnitudes[channel]!)
  const input = { kind: 'bytes', signed: type === 'int8', zeroPoint } as const
  const inSums = zeroPointInSums(input, inner.elementsPerStep)
  const bias = foldZeroPoint(requantization.bias, filter, inSums, 'channelsLast')
  const operandsOf = (epilogue: Epilogue): IntegerOperands => ({
    options: { geometry, input, inner, epilogue, filter, order: 'rows', exceeds: exceeding > 0 },
    ...{ input: values, expected: new array(product(shapes.output)) },
  })
  const operands = {
    tflite: operandsOf(integerRequantizeEpilogue({ ...requantization, bias }, sums)!),
    xnnpack: operandsOf(floatRequantizeEpilogue({ ...requantization, arithmetic: 'xnnpack', bias })),
  }
  const requantize = {
    tflite: requantizer(requantization),
    xnnpack: requantizer({ ...requantization, arithmetic: 'xnnpack' }),
  }
  const accumulate = depthwiseConv2dAccumulate(geometry, filter, requantization.bias)
  convolveInteger(geometry, accumulate, zeroPoint, (accumulators: Int32Array, count, _, at) => {
    requantize.tflite(accumulators, count, operands.tflite.expected, at)
    requantize.xnnpack(accumulators, count, operands.xnnpack.expected, at)
  })(values, operands.tflite.expected)
  return operands
}
