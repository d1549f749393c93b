import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import { float32Fused, float32Loop, i16 } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { runsFusedProducts } from '../probe/probe.ts'
import { emulatedUsdot, runKernel, runKernels } from '../run-kernel.conformance.ts'
import { suitsBands } from './bands.ts'
import { allDepthwiseCases, depthwiseCases, float32Operands, integerOperands } from './cases.conformance.ts'
import type { DepthwiseCase, IntegerVariant } from './cases.conformance.ts'
import { depthwiseConv2dKernel } from './depthwise-conv-2d.ts'

type Named = readonly (readonly [string, DepthwiseCase, number])[]
const named = (cases: readonly DepthwiseCase[]): Named =>
  cases.map((each, at) => [JSON.stringify(each), each, at])

const arithmetics = ['tflite', 'xnnpack'] as const

/** What one case in two or three meets is drawn, lest it be even channels only. */
const draw = (at: number, bound: number): number => seededRandom(at).integer(bound)

describe('float32', () => {
  it.each(named(allDepthwiseCases))('%s', (_, each) => {
    const operands = arithmetics.map((arithmetic) => float32Operands(each, arithmetic, float32Loop))
    const kernels = operands.map(({ options }) => depthwiseConv2dKernel(options)!)
    const { input, expected } = operands[0]!
    const outputs = runKernels(kernels, [input], expected)
    arithmetics.forEach((arithmetic, index) =>
      expect(outputs[index], arithmetic).toEqual(operands[index]!.expected),
    )
  })
})

/** Compares a case in some arithmetics with the reference. */
function expectEqual(each: DepthwiseCase, variant: IntegerVariant, met: readonly Arithmetic[]): void {
  const operands = integerOperands(each, variant)
  const kernels = met.map((arithmetic) => depthwiseConv2dKernel(operands[arithmetic].options)!)
  const outputs = runKernels(kernels, [operands.tflite.input], operands.tflite.expected)
  met.forEach((arithmetic, index) =>
    expect(outputs[index], arithmetic).toEqual(operands[arithmetic].expected),
  )
}

describe.each([i16, emulatedUsdot])('$name', (inner) => {
  it.each(named(allDepthwiseCases))('%s', (_, each) => {
    for (const type of ['int8', 'uint8'] as const) expectEqual(each, { type, inner }, arithmetics)
  })
})

const exceedingVariant = { type: 'uint8', inner: emulatedUsdot } as const
const takesExceeding = depthwiseCases.filter((each) => {
  const { options } = integerOperands(each, { ...exceedingVariant, exceeding: 1 }).xnnpack
  return suitsBands(options) && options.geometry.batches * options.geometry.outputHeight > 1
})

describe.each([1, 2, 5, 60])('%s weights that exceed bytes', (exceeding) => {
  const variant = { ...exceedingVariant, exceeding }
  it.each(named(takesExceeding))('%s', (_, each, at) => {
    expectEqual(each, variant, [arithmetics[draw(at * 64 + exceeding, 2)]!])
  })

  it('are left to other products where there are no bands', () => {
    const { options } = integerOperands({ size: [6, 8], channels: 4, window: [5, 5] }, variant).tflite
    expect(depthwiseConv2dKernel(options)).toBeUndefined()
  })
})

describe('shares', () => {
  it.each(named(depthwiseCases))('%s', (_, each, at) => {
    const inInt8 = (inner: InnerLoop) => integerOperands(each, { type: 'int8', inner }).xnnpack
    const others = [() => float32Operands(each, 'xnnpack', float32Loop), () => inInt8(i16)]
    for (const { options, input, expected } of [inInt8(emulatedUsdot), others[draw(at, 2)]!()]) {
      const build = (share: typeof options.share) => depthwiseConv2dKernel({ ...options, share })
      expect(runInShares(build, [input], expected.slice())).toEqual(expected)
    }
  })
})

describe('compact', () => {
  const bytesOf = (values: ArrayBufferView | undefined): number => values?.byteLength ?? 0

  it.each(named(depthwiseCases))('%s', (_, each, at) => {
    const inner = [i16, emulatedUsdot][draw(at, 2)]!
    const { options, input, expected } = integerOperands(each, { type: 'int8', inner }).xnnpack
    const kernel = depthwiseConv2dKernel({ ...options, compact: true })!
    expect(runKernel(kernel, [input], expected.slice().fill(1))).toEqual(expected)
    const { outputChannels, filterHeight, filterWidth } = options.geometry
    const channels = Math.ceil(outputChannels / 8) * 8
    const weightBytes = 4 / inner.elementsPerStep
    expect(bytesOf(kernel.constants[0])).toBeLessThanOrEqual(
      channels * filterHeight * filterWidth * weightBytes,
    )
  })
})

const infinite = (padding: 'SAME' | 'VALID') => {
  const each = { size: [5, 4], channels: 3, window: [3, 3], padding } as const
  const { options, input, expected } = float32Operands(each, 'tflite', float32Loop)
  const filter = Float32Array.from(options.filter).fill(Infinity, 0, 1)
  return { kernel: depthwiseConv2dKernel({ ...options, filter }), input, expected }
}

it('leaves windows with infinite weights to the reference where they leave the input', () => {
  expect(infinite('SAME').kernel).toBeUndefined()
  const { kernel, input, expected } = infinite('VALID')
  const output = runKernel(kernel!, [input], new Float32Array(expected.length))
  expect(output.map((value, at) => (at % 3 === 0 ? 0 : value))).toEqual(
    expected.map((value, at) => (at % 3 === 0 ? 0 : value)),
  )
})

it('leaves empty tensors alone', () => {
  const { options } = float32Operands({ size: [2, 2], channels: 3, window: [3, 3] }, 'tflite', float32Loop)
  const geometry = { ...options.geometry, batches: 0 }
  expect(depthwiseConv2dKernel({ ...options, geometry })).toBeUndefined()
})

it.runIf(runsFusedProducts())('fuses products with sums where the engine can', () => {
  const each = { size: [6, 9], channels: 11, window: [3, 3] } as const
  const { options, input, expected } = float32Operands(each, 'xnnpack', float32Fused)
  const output = runKernel(depthwiseConv2dKernel(options)!, [input], new Float32Array(expected.length))
  output.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 5))
})
