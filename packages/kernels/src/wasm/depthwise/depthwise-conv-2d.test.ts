import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { requantizer } from '../../arithmetic/requantize.ts'
import { depthwiseConv2dAccumulate } from '../../ops/depthwise-conv-2d/accumulate.ts'
import { depthwiseConv2dFloat32 } from '../../ops/depthwise-conv-2d/float32.ts'
import { depthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { convolveInteger } from '../../shared/convolve-integer.ts'
import { floatBiasOrder } from '../../shared/float-bias.ts'
import {
  convolutionCases,
  randomIntegers,
  randomRequantization,
  shapesOf,
} from '../convolution/cases.conformance.ts'
import type { ConvolutionCase } from '../convolution/cases.conformance.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { float32Loop, i16 } from '../inner-loop.ts'
import { emulatedUsdot, runKernel } from '../run-kernel.conformance.ts'
import { foldZeroPoint, largestSums } from '../sums.ts'
import { depthwiseConv2dKernel } from './depthwise-conv-2d.ts'
import { zeroPointInSums } from './element-loader.ts'

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)
const cases: readonly (readonly [string, ConvolutionCase])[] = [
  ...convolutionCases,
  ...[1, 2, 3].map((stride) => ({
    size: [6, 9] as const,
    channels: 11,
    outputs: 11,
    window: [3, 3] as const,
    stride,
  })),
].map((each) => [JSON.stringify(each), each] as const)

describe.each(['tflite', 'xnnpack'] as const)('float32, %s', (arithmetic) => {
  it.each(cases)('%s', (_, each) => {
    const shapes = shapesOf(each, true)
    const geometry = depthwiseConv2dGeometry(shapes)
    const random = seededRandom(each.channels)
    const normal = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.normal())
    const [values, filter] = [normal(product(shapes.input)), normal(product(shapes.filter))]
    const bias = normal(each.channels)
    bias[0] = -0
    const range = { min: 0, max: each.channels % 2 === 0 ? 6 : Infinity }
    const expected = new Float32Array(product(shapes.output))
    depthwiseConv2dFloat32({ arithmetic, geometry, filter, bias, range })(values, expected)
    const epilogue = float32Epilogue(floatBiasOrder(arithmetic, bias), range)
    const order = arithmetic === 'xnnpack' ? 'columns' : 'rows'
    const inner = float32Loop
    const kernel = depthwiseConv2dKernel({
      geometry,
      input: { kind: 'float32' },
      inner,
      epilogue,
      filter,
      order,
    })
    expect(runKernel(kernel!, [values], new Float32Array(expected.length))).toEqual(expected)
  })
})

describe.each(
  (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
    (['int8', 'uint8'] as const).flatMap((type) =>
      [i16, emulatedUsdot].map((inner) => ({ arithmetic, type, inner, name: inner.name })),
    ),
  ),
)('$type, $arithmetic, $name', ({ arithmetic, type, inner }) => {
  it.each(cases)('%s', (_, each) => {
    const shapes = shapesOf(each, true)
    const geometry = depthwiseConv2dGeometry(shapes)
    const random = seededRandom(each.channels * 7)
    const limits = type === 'int8' ? { min: -128, max: 127 } : { min: 0, max: 255 }
    const array = type === 'int8' ? Int8Array : Uint8Array
    const values = array.from(randomIntegers(random, product(shapes.input), limits.min, limits.max))
    // With zero points subtracted, uint8 weights need more than a byte.
    const largest = inner === i16 ? 255 : 127
    const filter = Int16Array.from(randomIntegers(random, product(shapes.filter), -largest, largest))
    const zeroPoint = [limits.min, limits.max, limits.min + 100][each.channels % 3]!
    const taps = filter.length / each.channels
    const options = randomRequantization(each.channels, each.channels, taps * 4, type, arithmetic)
    const expected = new array(product(shapes.output))
    const accumulate = depthwiseConv2dAccumulate(geometry, filter, options.bias)
    convolveInteger(geometry, accumulate, zeroPoint, requantizer(options))(values, expected)
    const sums = largestSums(options.bias, (channel) =>
      filter.reduce((sum, w, at) => sum + (at % each.channels === channel ? Math.abs(w) : 0), 0),
    )
    const input = { kind: 'bytes', signed: type === 'int8', zeroPoint } as const
    const folded = zeroPointInSums(input, inner.elementsPerStep)
    const bias = foldZeroPoint(options.bias, filter, folded, 'channelsLast')
    const epilogue =
      arithmetic === 'tflite'
        ? integerRequantizeEpilogue({ ...options, bias }, sums)
        : floatRequantizeEpilogue({ ...options, bias })
    const kernel = depthwiseConv2dKernel({ geometry, input, inner, epilogue, filter, order: 'rows' })
    expect(runKernel(kernel!, [values], new array(expected.length))).toEqual(expected)
  })
})
