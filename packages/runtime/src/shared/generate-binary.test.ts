import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { add } from '../ops/add.ts'
import { mul } from '../ops/mul.ts'
import { sub } from '../ops/sub.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const quantized = { scale: 0.5, zeroPoint: 3 }

const types = ['float32', 'int32', 'int16', 'int8', 'uint8'] as const

describe.each([add, sub, mul] as const)('$kind', ({ kind, generate }) => {
  it.each(types)('of %s is generated, in shares', (type) => {
    const quantization = type === 'int16' ? { scale: 0.5 } : quantized
    const [a, b, output] = [[2, 40], [40], [2, 40]].map((shape) => testTensor(type, shape, quantization))
    const context = testContext(kind, [a!, b!], [output!], { potScaleInt16: false } as never)
    const whole = generate!(context as never, options)!
    expect(whole).toMatchObject({ inputs: [a, b], output })
    const share = generate!(context as never, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it('of int64 is left to the reference', () => {
    const tensor = testTensor('int64', [4])
    expect(generate!(testContext(kind, [tensor, tensor], [tensor]) as never, options)).toBeUndefined()
  })

  it('refuses what the reference refuses', () => {
    const [a, b] = [testTensor('float32', [2, 2]), testTensor('float32', [2])]
    const context = testContext(kind, [a, b], [b])
    expect(() => generate!(context as never, options)).toThrow(ShapeError)
    const mixed = testContext(kind, [a, testTensor('int8', [2], quantized)], [a])
    expect(() => generate!(mixed as never, options)).toThrow(UnsupportedError)
  })
})

it.each([add, sub] as const)('$kind refuses the old int16 arithmetic', ({ kind, generate }) => {
  const tensor = testTensor('int16', [2], { scale: 0.5 })
  const context = testContext(kind, [tensor, tensor], [tensor], { potScaleInt16: true })
  expect(() => generate!(context as never, options)).toThrow('pot_scale_int16')
})
