import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { implementationOf } from '../registry.ts'
import { emittedCode } from '../shared/emitted-code.conformance.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

const fixed = {
  L2_NORMALIZATION: { scale: 1 / 128, zeroPoint: 0 },
  LOG_SOFTMAX: { scale: 1 / 16, zeroPoint: 127 },
} as const

describe.each(['L2_NORMALIZATION', 'LOG_SOFTMAX'] as const)('%s', (kind) => {
  const { prepare } = implementationOf(kind)!

  it('works along the last dimension of float32 and int8', () => {
    const real = testTensor('float32', [2, 1])
    prepare(testContext(kind, [testTensor('float32', [2, 1], { values: [5, -7] })], [real]))()
    expect([...real.data]).toEqual(kind === 'LOG_SOFTMAX' ? [0, 0] : [1, -1])
    const stored = testTensor('int8', [2, 1], fixed[kind])
    const input = testTensor('int8', [2, 1], { scale: 0.5, values: [5, -7] })
    prepare(testContext(kind, [input], [stored]))()
    expect([...stored.data]).toEqual(kind === 'LOG_SOFTMAX' ? [127, 127] : [127, -128])
  })

  it('refuses int16, other sizes and other output scales', () => {
    const wide = testTensor('int16', [1], { scale: 1 })
    expect(() => prepare(testContext(kind, [wide], [wide]))).toThrow(UnsupportedError)
    const [one, two] = [testTensor('float32', [1]), testTensor('float32', [2])]
    expect(() => prepare(testContext(kind, [one], [two]))).toThrow(ShapeError)
    const other = testTensor('int8', [1], { scale: 0.5 })
    expect(() => prepare(testContext(kind, [other], [other]))).toThrow(
      `got scale 0.5 and zero point 0, expected scale ${fixed[kind].scale} and zero point ${fixed[kind].zeroPoint}`,
    )
  })
})

it('L2_NORMALIZATION refuses fused activations', () => {
  const real = testTensor('float32', [1])
  const context = testContext('L2_NORMALIZATION', [real], [real], { fusedActivationFunction: 'RELU' })
  expect(() => implementationOf('L2_NORMALIZATION')!.prepare(context)).toThrow('got fused activation RELU')
})

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const

it.each([
  ['L2_NORMALIZATION', 'float32'],
  ['LOG_SOFTMAX', 'float32'],
  ['LOG_SOFTMAX', 'int8'],
] as const)('%s of %s is generated, in shares', (kind, type) => {
  const { divides, generate } = implementationOf(kind)!
  const input = testTensor(type, [4, 3], { scale: 0.5 })
  const context = testContext(kind, [input], [testTensor(type, [4, 3], fixed.LOG_SOFTMAX)])
  const whole = generate!(context, options)!
  expect(whole).toMatchObject({ inputs: [input], output: context.outputs[0] })
  expect(divides).toBe(true)
  const share = generate!(context, { ...options, share: { index: 1, count: 2 } })!
  expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  const other = testContext(kind, [input], [testTensor(type, [5])])
  expect(() => generate!(other, options)).toThrow(ShapeError)
})

it('L2_NORMALIZATION refuses fused activations as code, too, and leaves integers to the reference', () => {
  const { generate } = implementationOf('L2_NORMALIZATION')!
  const real = testTensor('float32', [1])
  const active = testContext('L2_NORMALIZATION', [real], [real], { fusedActivationFunction: 'RELU' })
  expect(() => generate!(active, options)).toThrow('got fused activation RELU')
  const stored = testTensor('int8', [1], fixed.L2_NORMALIZATION)
  expect(generate!(testContext('L2_NORMALIZATION', [stored], [stored]), options)).toBeUndefined()
})
