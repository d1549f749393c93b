import { describe, expect, it } from 'vitest'
import { complexPairs } from '../shared/complex.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { cast } from './cast.ts'
import { complexAbs } from './complex-abs.ts'
import { imag } from './imag.ts'
import { real } from './real.ts'
import { rfft2d } from './rfft2d.ts'

function complexTensor(...pairs: readonly number[]) {
  const tensor = testTensor('complex64', [pairs.length / 2])
  complexPairs(tensor).set(pairs)
  return tensor
}

const parts = [
  { kind: 'REAL', implementation: real, expected: [3, -1] },
  { kind: 'IMAG', implementation: imag, expected: [-4, 0.5] },
  { kind: 'COMPLEX_ABS', implementation: complexAbs, expected: [5, Math.fround(Math.sqrt(1.25))] },
] as const

describe.each(parts)('$kind', ({ kind, implementation, expected }) => {
  it('makes a real number of each complex one', () => {
    const output = testTensor('float32', [2])
    implementation.prepare(testContext(kind, [complexTensor(3, -4, -1, 0.5)], [output]) as never)()
    expect([...output.data]).toEqual(expected)
  })

  it('refuses other types and sizes', () => {
    const prepare = (input: ReturnType<typeof complexTensor>, size: number) => () =>
      implementation.prepare(testContext(kind, [input], [testTensor('float32', [size])]) as never)
    expect(prepare(testTensor('uint64', [2]), 2)).toThrow('inputs of type uint64')
    expect(prepare(complexTensor(1, 2), 2)).toThrow('as many elements in both')
  })
})

describe('CAST', () => {
  it.each([
    ['float32', [1.5, -2]],
    ['int32', [1, -2]],
    ['bool', [1, 1]],
    ['int64', [1n, -2n]],
  ] as const)('takes the real parts of complex numbers to %s', (type, expected) => {
    const output = testTensor(type, [2])
    cast.prepare(testContext('CAST', [complexTensor(1.5, 9, -2, 9)], [output]))()
    expect([...output.data]).toEqual(expected)
  })

  it('makes complex numbers of real ones', () => {
    const output = complexTensor(9, 9, 9, 9)
    cast.prepare(testContext('CAST', [testTensor('int64', [2], { values: [7, -1] })], [output]))()
    expect([...complexPairs(output)]).toEqual([7, 0, -1, 0])
  })

  it('has no code for complex numbers, and refuses two of them', () => {
    const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
    const context = testContext('CAST', [complexTensor(1, 2)], [testTensor('float32', [1])])
    expect(cast.generate!(context, options)).toBeUndefined()
    expect(() => cast.prepare(testContext('CAST', [complexTensor(1, 2)], [complexTensor(1, 2)]))).toThrow(
      'inputs of type complex64',
    )
  })
})

describe('RFFT2D', () => {
  const lengths = (...values: number[]) => testTensor('int32', [values.length], { values, constant: true })

  it('transforms the last two dimensions, filled up with 0', () => {
    const input = testTensor('float32', [2, 1, 3], { values: [1, 2, 3, 0, 1, 0] })
    const output = testTensor('complex64', [2, 1, 3])
    const context = testContext('RFFT2D', [input, lengths(1, 4)], [output])
    rfft2d.prepare(context)()
    expect([...complexPairs(output)]).toEqual([6, 0, -2, -2, 2, 0, 1, 0, 0, -1, -1, 0].map((x) => x + 0))
    expect(rfft2d.outputShapes!(context)).toEqual([[2, 1, 3]])
  })

  it('refuses lengths that are no powers of two, and what does not fit', () => {
    const prepare = (shape: number[], fft: number[], output: number[], type: 'complex64' | 'float32') => () =>
      rfft2d.prepare(
        testContext('RFFT2D', [testTensor('float32', shape), lengths(...fft)], [testTensor(type, output)]),
      )
    expect(prepare([1, 6], [1, 6], [1, 4], 'complex64')).toThrow(
      'got lengths 1 and 6, expected powers of two',
    )
    expect(prepare([1, 4], [1, 4], [1, 4], 'complex64')).toThrow('got output shape [1, 4], expected [1, 3]')
    expect(prepare([4], [1, 4], [1, 3], 'complex64')).toThrow('2 lengths for an input of shape [4]')
    expect(prepare([1, 4], [1, 1, 4], [1, 3], 'complex64')).toThrow('3 lengths')
    expect(prepare([1, 4], [1, 4], [1, 3], 'float32')).toThrow('outputs of type float32')
  })
})
