import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { imag } from './imag.ts'
import { rfft2d } from './rfft2d.ts'

describe('RFFT2D', () => {
  const prepare = (image: RuntimeTensor, sizes: readonly number[], output: RuntimeTensor) => {
    const given = testTensor('int32', [sizes.length], { values: sizes, constant: true })
    return rfft2d.prepare(testContext('RFFT2D', [image, given], [output]))
  }
  const image = testTensor('float32', [1, 2], { values: [1, 2] })

  it('gives pairs of float32 as numbers of 64 bits', () => {
    const output = testTensor('complex64', [1, 3])
    prepare(image, [1, 4], output)()
    expect([...new Float32Array(output.data.buffer)]).toEqual([3, 0, 1, -2, -1, 0])
  })

  it('refuses sizes that are no powers of two, other types and shapes', () => {
    for (const sizes of [[1, 3], [0, 4], [4], [1, -2]])
      expect(() => prepare(image, sizes, testTensor('complex64', [1, 3]))).toThrow('powers of two')
    expect(() => prepare(testTensor('float32', [4]), [1, 4], testTensor('complex64', [1, 3]))).toThrow(
      'for [4]',
    )
    expect(() => prepare(image, [1, 4], testTensor('float32', [1, 3]))).toThrow(
      'got float32, expected complex64',
    )
    expect(() => prepare(image, [1, 4], testTensor('complex64', [1, 4]))).toThrow('got output shape [1, 4]')
  })
})

describe('IMAG', () => {
  it('refuses what is not complex, and other shapes', () => {
    const prepare = (input: RuntimeTensor, output: RuntimeTensor) =>
      imag.prepare(testContext('IMAG', [input], [output]))
    expect(() => prepare(testTensor('float32', [1]), testTensor('float32', [1]))).toThrow(
      'expected complex64',
    )
    expect(() => prepare(testTensor('complex64', [1]), testTensor('float32', [2]))).toThrow(
      'got output shape [2]',
    )
  })
})
