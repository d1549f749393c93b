import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { requantizer } from '../../arithmetic/requantize.ts'
import { conv2dAccumulate } from '../../ops/conv-2d/accumulate.ts'
import { conv2dFloat32 } from '../../ops/conv-2d/float32.ts'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { convolveInteger } from '../../shared/convolve-integer.ts'
import { floatBiasOrder } from '../../shared/float-bias.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { float32Loop, i16, usdot } from '../inner-loop.ts'
import { runsExactDot } from '../probe/probe.ts'
import { emulatedUsdot, runKernel } from '../run-kernel.conformance.ts'
import { foldZeroPoint, largestSums } from '../sums.ts'
import { convolutionCases, randomIntegers, randomRequantization, shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'

const name = (each: ConvolutionCase): string => JSON.stringify(each)
const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

describe.each(['tflite', 'xnnpack'] as const)('float32, %s', (arithmetic) => {
  it.each(convolutionCases.map((each) => [name(each), each] as const))('%s', (_, each) => {
    const geometry = conv2dGeometry(shapesOf(each, false))
    const random = seededRandom(each.channels)
    const normal = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.normal())
    const { input: inputShape, output: outputShape, filter: filterShape } = shapesOf(each, false)
    const [input, filter] = [normal(product(inputShape)), normal(product(filterShape))]
    const bias = normal(each.outputs)
    bias[0] = -0
    const range = { min: -0.5, max: each.channels % 2 === 0 ? Infinity : 1 }
    const expected = new Float32Array(product(outputShape))
    conv2dFloat32({ arithmetic, geometry, filter, bias, range })(input, expected)
    const epilogue = float32Epilogue(floatBiasOrder(arithmetic, bias), range)
    const kernel = conv2dKernel({ geometry, form: { kind: 'float32' }, inner: float32Loop, epilogue, filter })
    expect(runKernel(kernel!, [input], new Float32Array(expected.length))).toEqual(expected)
  })
})

const integerCases = (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
  (['int8', 'uint8'] as const).flatMap((type) => [
    { arithmetic, type, inner: i16, fusible: false, exceeds: false },
    { arithmetic, type, inner: emulatedUsdot, fusible: false, exceeds: false },
  ]),
)

/** With sums that go through memory, and wider panels. */
const fusibleCases = (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
  [i16, emulatedUsdot].map((inner) => ({
    arithmetic,
    type: 'int8' as const,
    inner,
    fusible: true,
    exceeds: false,
  })),
)

/** With some weights that a zero point has moved out of bytes. */
const exceedingCases = (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
  [false, true].map((fusible) => ({
    ...{ arithmetic, type: 'uint8' as const, inner: emulatedUsdot, fusible, exceeds: true },
  })),
)

const allCases = [...integerCases, ...fusibleCases, ...exceedingCases]

/** Moves a few weights out of bytes, to either side. */
function exceedBytes(random: Random, filter: Int16Array): void {
  for (let count = Math.ceil(filter.length / 2000); count > 0; count--) {
    const at = random.integer(filter.length)
    filter[at] = random.integer(2) === 0 ? 128 + random.integer(127) : -129 - random.integer(127)
  }
}

describe.each(allCases)(
  '$type, $arithmetic, $inner.name, fusible: $fusible, weights exceed bytes: $exceeds',
  ({ arithmetic, type, inner, fusible, exceeds }) => {
    // What only some models have meets half of the cases, each arithmetic another half.
    const every = fusible || exceeds ? 2 : 1
    const first = arithmetic === 'tflite' ? 0 : every - 1
    const met = convolutionCases.filter((_, at) => at % every === first)
    it.each(met.map((each) => [name(each), each] as const))('%s', (_, each) => {
      const shapes = shapesOf(each, false)
      const geometry = conv2dGeometry(shapes)
      const random = seededRandom(each.channels * 7)
      const limits = type === 'int8' ? { min: -128, max: 127 } : { min: 0, max: 255 }
      const array = type === 'int8' ? Int8Array : Uint8Array
      const input = array.from(randomIntegers(random, product(shapes.input), limits.min, limits.max))
      const filter = Int16Array.from(randomIntegers(random, product(shapes.filter), -128, 127))
      if (exceeds) exceedBytes(random, filter)
      const zeroPoint = [limits.min, limits.max, limits.min + 100][each.channels % 3]!
      const length = filter.length / each.outputs
      const options = randomRequantization(each.channels, each.outputs, length, type, arithmetic)
      const expected = new array(product(shapes.output))
      const accumulate = conv2dAccumulate(geometry, filter, options.bias)
      convolveInteger(geometry, accumulate, zeroPoint, requantizer(options))(input, expected)
      const signed = type === 'int8'
      const bytes = inner === emulatedUsdot
      const bias = bytes
        ? foldZeroPoint(options.bias, filter, signed ? zeroPoint + 128 : zeroPoint)
        : options.bias
      const sums = largestSums(options.bias, (channel) =>
        filter.slice(channel * length, (channel + 1) * length).reduce((sum, w) => sum + Math.abs(w), 0),
      )
      const epilogue =
        arithmetic === 'tflite'
          ? integerRequantizeEpilogue({ ...options, bias }, sums)
          : floatRequantizeEpilogue({ ...options, bias, largestSums: sums })
      const form = bytes
        ? ({ kind: 'uint8', signed, zeroPoint } as const)
        : ({ kind: 'int16', signed, zeroPoint } as const)
      // As models store them, and as a zero point leaves them.
      const weights = bytes && signed ? Int8Array.from(filter) : filter
      const kernel = conv2dKernel({ geometry, form, inner, epilogue: epilogue!, filter: weights, fusible })
      expect(runKernel(kernel!, [input], new array(expected.length))).toEqual(expected)
    })
  },
)

it('takes sums that are large for their bias alone', () => {
  const each = convolutionCases.find(({ window, channels }) => window?.[0] === 3 && channels === 3)!
  const shapes = shapesOf(each, false)
  const random = seededRandom(11)
  const input = Int8Array.from(randomIntegers(random, product(shapes.input), -128, 127))
  const filter = Int8Array.from(randomIntegers(random, product(shapes.filter), -128, 127))
  const length = filter.length / each.outputs
  const requantization = randomRequantization(each.channels, each.outputs, length, 'int8', 'xnnpack')
  const centers = requantization.bias.map((_, channel) => (channel % 2 === 0 ? 9_000_001 : -9_000_001))
  const scales = requantization.scales.map((scale) => Math.fround(scale / 300))
  const options = { ...requantization, scales, bias: centers }
  const geometry = conv2dGeometry(shapes)
  const expected = new Int8Array(product(shapes.output))
  const accumulate = conv2dAccumulate(geometry, Int16Array.from(filter), centers)
  convolveInteger(geometry, accumulate, 5, requantizer(options))(input, expected)
  const sums = largestSums(centers, () => 128 * length)
  const bias = foldZeroPoint(centers, filter, 5 + 128)
  const bounds = { largestSums: sums, centers, startsAnywhere: true }
  const epilogue = floatRequantizeEpilogue({ ...options, bias, ...bounds })
  const form = { kind: 'uint8', signed: true, zeroPoint: 5 } as const
  const kernel = conv2dKernel({ geometry, form, inner: emulatedUsdot, epilogue, filter })
  expect(epilogue.vectorsPerQuad).toBe(3)
  expect(new Set(expected).size).toBeGreaterThan(5)
  expect(runKernel(kernel!, [input], new Int8Array(expected.length))).toEqual(expected)
})

describe.runIf(runsExactDot())('sums that are requantized by fused products', () => {
  const rgb = { size: [33, 35], channels: 3, outputs: 16, window: [3, 3], stride: 2 } as const
  const deep = { size: [9, 8], channels: 8, outputs: 24, window: [3, 3] } as const
  it.each([rgb, deep].flatMap((each) => [1, 2, 3, 4, 5, 6].map((seed) => ({ ...each, seed }))))(
    '%j',
    ({ seed, ...each }) => {
      const shapes = shapesOf(each, false)
      const random = seededRandom(seed)
      const input = Int8Array.from(randomIntegers(random, product(shapes.input), -128, 127))
      const filter = Int8Array.from(randomIntegers(random, product(shapes.filter), -128, 127))
      const length = filter.length / each.outputs
      const options = randomRequantization(seed, each.outputs, length, 'int8', 'xnnpack')
      const geometry = conv2dGeometry(shapes)
      const expected = new Int8Array(product(shapes.output))
      const accumulate = conv2dAccumulate(geometry, Int16Array.from(filter), options.bias)
      convolveInteger(geometry, accumulate, 5, requantizer(options))(input, expected)
      const sums = largestSums(options.bias, () => 128 * length)
      const bias = foldZeroPoint(options.bias, filter, 5 + 128)
      const code = { startsAnywhere: true, relaxed: true, positions: 5000, centers: options.bias }
      const epilogue = floatRequantizeEpilogue({ ...options, ...code, bias, largestSums: sums })
      expect(epilogue.signature).toContain('fused')
      const form = { kind: 'uint8', signed: true, zeroPoint: 5 } as const
      const kernel = conv2dKernel({ geometry, form, inner: usdot, epilogue, filter })
      expect(runKernel(kernel!, [input], new Int8Array(expected.length))).toEqual(expected)
    },
  )
})
