import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { requantizer } from '../../../arithmetic/requantize.ts'
import { conv2dAccumulate } from '../../../ops/conv-2d/accumulate.ts'
import { conv2dGeometry } from '../../../ops/conv-2d/geometry.ts'
import { convolveInteger } from '../../../shared/convolve-integer.ts'
import { floatRequantizeEpilogue } from '../../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../../epilogue/requantize-integer.ts'
import type { GeneratedKernel } from '../../kernel.ts'
import { runKernel } from '../../run-kernel.conformance.ts'
import { largestSums } from '../../sums.ts'
import { randomIntegers, randomRequantization, shapesOf } from '../cases.conformance.ts'
import type { ConvolutionCase } from '../cases.conformance.ts'
import { transformWeights } from './transform-weights.ts'
import { winogradConv2dKernel } from './winograd-conv-2d.ts'

const window = [3, 3] as const
const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

const cases: readonly ConvolutionCase[] = [
  ...[2, 3, 4, 5, 6, 9].flatMap((height) =>
    [2, 3, 7, 10].map((width) => ({ size: [height, width] as const, channels: 8, outputs: 12, window })),
  ),
  ...Array.from({ length: 18 }, (_, index) => ({
    size: [4, 6] as const,
    channels: 8 + index * 3,
    outputs: 8 + ((index * 7) % 60),
    window,
  })),
  { size: [5, 8], channels: 9, outputs: 17, window, padding: 'VALID' },
  { size: [6, 5], channels: 16, outputs: 8, window, batches: 3 },
  // Several blocks, the last one smaller.
  { size: [39, 30], channels: 24, outputs: 40, window },
]

/** The kernel of a case, and what the reference makes of the same input. */
function build(each: ConvolutionCase, arithmetic: 'tflite' | 'xnnpack', type: 'int8' | 'uint8') {
  const shapes = shapesOf(each, false)
  const geometry = conv2dGeometry(shapes)
  const random = seededRandom(each.channels * 31 + each.size[0])
  const limits = type === 'int8' ? { min: -128, max: 127 } : { min: 0, max: 255 }
  const array = type === 'int8' ? Int8Array : Uint8Array
  const input = array.from(randomIntegers(random, product(shapes.input), limits.min, limits.max))
  // As uint8 weights are once their zero point is subtracted.
  const filter = Int16Array.from(randomIntegers(random, product(shapes.filter), -255, 255))
  const zeroPoint = [limits.min, limits.max, limits.min + 77][each.channels % 3]!
  const length = filter.length / each.outputs
  const options = randomRequantization(each.channels, each.outputs, length * 4, type, arithmetic)
  const expected = new array(product(shapes.output))
  const accumulate = conv2dAccumulate(geometry, filter, options.bias)
  convolveInteger(geometry, accumulate, zeroPoint, requantizer(options))(input, expected)
  const sums = largestSums(options.bias, (channel) =>
    filter.slice(channel * length, (channel + 1) * length).reduce((sum, w) => sum + Math.abs(w), 0),
  )
  const epilogue =
    arithmetic === 'tflite' ? integerRequantizeEpilogue(options, sums)! : floatRequantizeEpilogue(options)
  const form = { kind: 'int16', signed: type === 'int8', zeroPoint } as const
  const { bias } = options
  const fusible = each.size[0] % 2 === 1
  const kernel = winogradConv2dKernel({ geometry, form, epilogue, filter, bias, largestSums: sums, fusible })
  return { input, expected, kernel, empty: new array(expected.length) }
}

describe.each([
  ['tflite', 'int8'],
  ['tflite', 'uint8'],
  ['xnnpack', 'int8'],
  ['xnnpack', 'uint8'],
] as const)('%s, %s', (arithmetic, type) => {
  it.each(cases.map((each) => [JSON.stringify(each), each] as const))('%s', (_, each) => {
    const { kernel, input, expected, empty } = build(each, arithmetic, type)
    expect(runKernel(kernel as GeneratedKernel, [input], empty)).toEqual(expected)
  })
})

it('leaves other windows, steps and few channels to the direct convolution', () => {
  const base = { size: [8, 8], channels: 8, outputs: 8, window } as const
  const others: readonly ConvolutionCase[] = [
    { ...base, window: [3, 2] },
    { ...base, stride: 2 },
    { ...base, dilation: 2 },
    { ...base, channels: 7 },
    { ...base, outputs: 7 },
    { ...base, size: [1, 8] },
  ]
  for (const each of others) expect(build(each, 'xnnpack', 'int8').kernel).toBeUndefined()
  expect(build(base, 'xnnpack', 'int8').kernel).toBeDefined()
})

it('transforms a window of weights as worked by hand', () => {
  // A window with a 1 in its middle: 2G picks the second weight as 0, 1, -1, 0 in rows and columns.
  const filter = Int16Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0)
  expect([...transformWeights(filter, 1, 1)]).toEqual([0, 0, 0, 0, 0, 1, -1, 0, 0, -1, 1, 0, 0, 0, 0, 0])
})
