import { describe, expect, it } from 'vitest'
import { depthwiseConv2d } from '../ops/depthwise-conv-2d.ts'
import type { GenerateOptions } from '../operator.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const exact = { innerLoop: 'i16', floatProducts: 'exact' } as const
const usdot = { ...exact, innerLoop: 'usdot' } as const

type Type = 'float32' | 'int8' | 'uint8'

/** A window of 3 × 3 over 6 × 8 positions, of 3 channels if nothing else is said. */
function contextOf(
  type: Type,
  weights: { type?: Type; zeroPoint?: number; constant?: boolean } = {},
  channels = 3,
) {
  const values = Array.from({ length: 9 * channels }, (_, at) => (at * 4) % 108)
  const quantized = type === 'float32' ? {} : { scale: 0.5, zeroPoint: 1 }
  const weightsType = weights.type ?? type
  const scale = weightsType === 'float32' ? {} : { scale: 0.25 }
  const filter = testTensor(weightsType, [1, 3, 3, channels], {
    values,
    constant: true,
    ...scale,
    ...weights,
  })
  const shape = [1, 6, 8, channels]
  const [input, output] = [testTensor(type, shape, quantized), testTensor(type, shape, quantized)]
  const options = { strideH: 1, strideW: 1 }
  return testContext('DEPTHWISE_CONV_2D', [input, filter, undefined], [output], options)
}

const generate = (context: ReturnType<typeof contextOf>, options: GenerateOptions) =>
  depthwiseConv2d.generate!(context, options)

it.each([
  ['float32', exact, 'float32'],
  ['float32', { ...exact, floatProducts: 'fused' }, 'float32-fused'],
  ['int8', exact, 'i16'],
  ['int8', usdot, 'usdot'],
  ['uint8', usdot, 'usdot'],
] as const)('%s, %j: %s', (type, options, name) => {
  expect(generate(contextOf(type), options)?.kernel.name).toBe(name)
})

it('takes weights that a zero point moves beyond a byte as two bytes where rows are whole vectors, and else widens them', () => {
  const moved = { zeroPoint: 200 }
  expect(generate(contextOf('uint8', moved), usdot)?.kernel.name).toBe('i16')
  expect(generate(contextOf('uint8', moved, 4), usdot)?.kernel.name).toBe('usdot')
  expect(generate(contextOf('uint8', moved, 4), { ...usdot, compactWeights: true })?.kernel.name).toBe('i16')
})

describe('shares', () => {
  it.each(['float32', 'int8'] as const)('of %s are other code', (type) => {
    expect(depthwiseConv2d.divides).toBe(true)
    const codeOf = (options: GenerateOptions) => emittedCode(generate(contextOf(type), options)!.kernel)
    const shares = [0, 1, 2].map((index) => codeOf({ ...exact, share: { index, count: 3 } }))
    const codes = new Set([codeOf(exact), ...shares].map((code) => code.join()))
    expect(codes.size).toBe(4)
  })
})

it('packs weights without copies where they are to be compact', () => {
  const bytesOf = (options: GenerateOptions): number =>
    generate(contextOf('int8'), options)!.kernel.constants[0]!.byteLength
  // Nine taps of four channels in int16.
  expect(bytesOf({ ...exact, compactWeights: true })).toBe(9 * 4 * 2)
  expect(bytesOf(exact)).toBeGreaterThan(9 * 4 * 2)
})

it('leaves weights that are computed to the reference', () => {
  expect(generate(contextOf('float32', { type: 'int8', constant: false }), exact)).toBeUndefined()
  expect(generate(contextOf('int8', { constant: false }), exact)).toBeUndefined()
})
