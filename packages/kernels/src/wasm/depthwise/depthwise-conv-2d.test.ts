import { describe, expect, it } from 'vitest'
import { runInShares } from '../elementwise/shares.conformance.ts'
import { float32Fused, float32Loop, i16 } from '../inner-loop.ts'
import { runsFusedProducts } from '../probe/probe.ts'
import { emulatedUsdot, runKernel } from '../run-kernel.conformance.ts'
import { suitsBands } from './bands.ts'
import { allDepthwiseCases, depthwiseCases, float32Operands, integerOperands } from './cases.conformance.ts'
import type { DepthwiseCase } from './cases.conformance.ts'
import { depthwiseConv2dKernel } from './depthwise-conv-2d.ts'

type Named = readonly (readonly [string, DepthwiseCase])[]
const named = (cases: readonly DepthwiseCase[]): Named => cases.map((each) => [JSON.stringify(each), each])

const arithmetics = ['tflite', 'xnnpack'] as const
const variants = arithmetics.flatMap((arithmetic) =>
  (['int8', 'uint8'] as const).flatMap((type) =>
    [i16, emulatedUsdot].map((inner) => ({ arithmetic, type, inner, name: inner.name })),
  ),
)

describe.each(arithmetics)('float32, %s', (arithmetic) => {
  it.each(named(allDepthwiseCases))('%s', (_, each) => {
    const { options, input, expected } = float32Operands(each, arithmetic, float32Loop)
    const output = new Float32Array(expected.length)
    expect(runKernel(depthwiseConv2dKernel(options)!, [input], output)).toEqual(expected)
  })
})

describe.each(variants)('$type, $arithmetic, $name', (variant) => {
  it.each(named(allDepthwiseCases))('%s', (_, each) => {
    const { options, input, expected } = integerOperands(each, variant)
    const output = expected.slice().fill(1)
    expect(runKernel(depthwiseConv2dKernel(options)!, [input], output)).toEqual(expected)
  })
})

describe.each([1, 2, 5, 60])('%s weights that exceed bytes', (exceeding) => {
  const variant = { type: 'uint8', inner: emulatedUsdot, exceeding } as const
  const optionsOf = (each: DepthwiseCase) =>
    integerOperands(each, { ...variant, arithmetic: 'xnnpack' }).options
  const cases = depthwiseCases.filter((each) => {
    const options = optionsOf(each)
    return suitsBands(options) && options.geometry.batches * options.geometry.outputHeight > 1
  })
  it.each(named(cases))('%s', (_, each) => {
    for (const arithmetic of arithmetics) {
      const { options, input, expected } = integerOperands(each, { ...variant, arithmetic })
      const output = expected.slice().fill(1)
      expect(runKernel(depthwiseConv2dKernel(options)!, [input], output)).toEqual(expected)
    }
  })

  it('are left to other products where there are no bands', () => {
    const { options } = integerOperands(
      { size: [6, 8], channels: 4, window: [5, 5] },
      { ...variant, arithmetic: 'tflite' },
    )
    expect(depthwiseConv2dKernel(options)).toBeUndefined()
  })
})

describe('shares', () => {
  it.each(named(depthwiseCases))('%s', (_, each) => {
    const variant = { arithmetic: 'xnnpack', type: 'int8' } as const
    for (const { options, input, expected } of [
      float32Operands(each, 'xnnpack', float32Loop),
      integerOperands(each, { ...variant, inner: i16 }),
      integerOperands(each, { ...variant, inner: emulatedUsdot }),
    ]) {
      const build = (share: typeof options.share) => depthwiseConv2dKernel({ ...options, share })
      expect(runInShares(build, [input], expected.slice())).toEqual(expected)
    }
  })
})

describe('compact', () => {
  const bytesOf = (values: ArrayBufferView | undefined): number => values?.byteLength ?? 0

  it.each(named(depthwiseCases))('%s', (_, each) => {
    for (const inner of [i16, emulatedUsdot]) {
      const { options, input, expected } = integerOperands(each, {
        arithmetic: 'xnnpack',
        type: 'int8',
        inner,
      })
      const kernel = depthwiseConv2dKernel({ ...options, compact: true })!
      expect(runKernel(kernel, [input], expected.slice().fill(1))).toEqual(expected)
      const { outputChannels, filterHeight, filterWidth } = options.geometry
      const channels = Math.ceil(outputChannels / 8) * 8
      const weightBytes = 4 / inner.elementsPerStep
      expect(bytesOf(kernel.constants[0])).toBeLessThanOrEqual(
        channels * filterHeight * filterWidth * weightBytes,
      )
    }
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
