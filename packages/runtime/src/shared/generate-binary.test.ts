import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { add } from '../ops/add.ts'
import { mul } from '../ops/mul.ts'
import { sub } from '../ops/sub.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const quantized = { scale: 0.5, zeroPoint: 3 }

describe.each([add, sub, mul] as const)('$kind', ({ kind, generate }) => {
  it.each(['float32', 'int32', 'int8', 'uint8'] as const)('of %s is generated, in shares', (type) => {
    const [a, b, output] = [[2, 40], [40], [2, 40]].map((shape) => testTensor(type, shape, quantized))
    const context = testContext(kind, [a!, b!], [output!])
    const whole = generate!(context as never, options)!
    expect(whole).toMatchObject({ inputs: [a, b], output })
    const share = generate!(context as never, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it('of int16 is left to the reference', () => {
    const tensor = testTensor('int16', [4], { scale: 1 })
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
