import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { conv2dFloat32 } from '../../ops/conv-2d/float32.ts'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { floatBiasOrder } from '../../shared/float-bias.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import { float32Loop, i16, usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { runsExactDot } from '../probe/probe.ts'
import { emulatedUsdot, runKernel, runKernels } from '../run-kernel.conformance.ts'
import { foldZeroPoint, largestSums } from '../sums.ts'
import { convolutionCases, shapesOf } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'
import { arithmetics, integerKernel, integerOperands } from './integer-cases.conformance.ts'
import type { IntegerVariant } from './integer-cases.conformance.ts'

const cases = convolutionCases.map((each, at) => [JSON.stringify(each), each, at] as const)
const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

describe('float32', () => {
  it.each(cases)('%s', (_, each) => {
    const shapes = shapesOf(each, false)
    const geometry = conv2dGeometry(shapes)
    const random = seededRandom(each.channels)
    const normal = (count: number): Float32Array => new Float32Array(count).map(() => random.normal())
    const [input, filter] = [normal(product(shapes.input)), normal(product(shapes.filter))]
    const bias = normal(each.outputs)
    bias[0] = -0
    const range = { min: -0.5, max: each.channels % 2 === 0 ? Infinity : 1 }
    const kernels = arithmetics.map((arithmetic) => {
      const epilogue = float32Epilogue(floatBiasOrder(arithmetic, bias), range)
      return conv2dKernel({ geometry, form: { kind: 'float32' }, inner: float32Loop, epilogue, filter })!
    })
    const outputs = runKernels(kernels, [input], new Float32Array(product(shapes.output)))
    arithmetics.forEach((arithmetic, at) => {
      const expected = new Float32Array(product(shapes.output))
      conv2dFloat32({ arithmetic, geometry, filter, bias, range })(input, expected)
      expect(outputs[at], arithmetic).toEqual(expected)
    })
  })
})

const both = (inner: InnerLoop, fusible = false): readonly IntegerVariant[] =>
  arithmetics.map((arithmetic) => ({ arithmetic, inner, fusible }))

/**
 * Operands with the variants that meet every case, and lists of which every case meets one: of what few models have, which is
 * sums through memory with wider panels, and weights that a zero point has moved out of bytes.
 */
const integers = [
  {
    ...{ type: 'int8' as const, exceeds: false, always: [...both(i16), ...both(emulatedUsdot)] },
    turns: [...both(i16, true), ...both(emulatedUsdot, true)].map((each) => [each]),
  },
  {
    ...{ type: 'uint8' as const, exceeds: false, always: [...both(i16), ...both(emulatedUsdot)] },
    turns: [],
  },
  {
    ...{ type: 'uint8' as const, exceeds: true, always: [] },
    turns: [...both(emulatedUsdot), ...both(emulatedUsdot, true)].map((each) => [each]),
  },
]

describe.each(integers)('$type, weights exceed bytes: $exceeds', ({ type, exceeds, always, turns }) => {
  it.each(cases)('%s', (_, each, at) => {
    const operands = integerOperands(each, { type, exceeds, seed: each.channels * 7 })
    // Drawn, lest a variant meets even channels only.
    const variants = [...always, ...(turns[seededRandom(at).integer(turns.length)] ?? [])]
    const kernels = variants.map((variant) => integerKernel(operands, variant))
    const outputs = runKernels(kernels, [operands.input], operands.expected.tflite)
    variants.forEach(({ arithmetic, inner, fusible }, index) => {
      const name = `${arithmetic}, ${inner.name}, fusible: ${fusible}`
      expect(outputs[index], name).toEqual(operands.expected[arithmetic])
    })
  })
})

it('takes sums that are large for their bias alone', () => {
  const each = convolutionCases.find(({ window, channels }) => window?.[0] === 3 && channels === 3)!
  const { geometry, input, filter, requantization, expected } = integerOperands(each, {
    ...{ type: 'int8', seed: 11, zeroPoint: 5 },
    adapt: ({ bias, scales, ...options }) => ({
      ...options,
      scales: scales.map((scale) => Math.fround(scale / 300)),
      bias: bias.map((_, channel) => (channel % 2 === 0 ? 9_000_001 : -9_000_001)),
    }),
  })
  const { bias: centers } = requantization
  const bounds = {
    largestSums: largestSums(centers, () => (128 * filter.length) / each.outputs),
    ...{ centers, startsAnywhere: true },
  }
  const bias = foldZeroPoint(centers, filter, 5 + 128)
  const epilogue = floatRequantizeEpilogue({ ...requantization, arithmetic: 'xnnpack', bias, ...bounds })
  const form = { kind: 'uint8', signed: true, zeroPoint: 5 } as const
  const kernel = conv2dKernel({ geometry, form, inner: emulatedUsdot, epilogue, filter })
  expect(epilogue.vectorsPerQuad).toBe(3)
  expect(new Set(expected.xnnpack).size).toBeGreaterThan(5)
  expect(runKernel(kernel!, [input], new Int8Array(expected.xnnpack.length))).toEqual(expected.xnnpack)
})

describe.runIf(runsExactDot())('sums that are requantized by fused products', () => {
  const rgb = { size: [33, 35], channels: 3, outputs: 16, window: [3, 3], stride: 2 } as const
  const deep = { size: [9, 8], channels: 8, outputs: 24, window: [3, 3] } as const
  it.each([rgb, deep].flatMap((each) => [1, 2, 3, 4, 5, 6].map((seed) => ({ ...each, seed }))))(
    '%j',
    ({ seed, ...each }) => {
      const operands = integerOperands(each, { type: 'int8', seed, zeroPoint: 5, requantizationSeed: seed })
      const { geometry, input, filter, requantization, expected } = operands
      const sums = largestSums(requantization.bias, () => (128 * filter.length) / each.outputs)
      const bias = foldZeroPoint(requantization.bias, filter, 5 + 128)
      const code = { startsAnywhere: true, relaxed: true, positions: 5000, centers: requantization.bias }
      const options = { ...requantization, ...code, arithmetic: 'xnnpack', bias, largestSums: sums } as const
      const epilogue = floatRequantizeEpilogue(options)
      expect(epilogue.signature).toContain('fused')
      const form = { kind: 'uint8', signed: true, zeroPoint: 5 } as const
      const kernel = conv2dKernel({ geometry, form, inner: usdot, epilogue, filter })
      expect(runKernel(kernel!, [input], new Int8Array(expected.xnnpack.length))).toEqual(expected.xnnpack)
    },
  )
})
