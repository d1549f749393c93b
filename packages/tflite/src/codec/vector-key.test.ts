import { describe, expect, it } from 'vitest'
import { vectorKey } from './vector-key.ts'

const many = Array.from({ length: 5000 }, (_, at) => Math.fround(1 / (at + 1)))

describe('the key of a vector', () => {
  it.each<[string, readonly unknown[]]>([
    ['float', []],
    ['float', [1, -0, NaN, Infinity]],
    ['float', many],
    ['long', [0n, -1n, 2n ** 63n - 1n]],
    ['bool', [true, false]],
  ])('is equal for equal vectors of %s', (storage, values) => {
    expect(vectorKey(storage, 1, [...values])).toBe(vectorKey(storage, 1, values))
  })

  it.each<[string, string, readonly unknown[], string, readonly unknown[]]>([
    ['0 and -0', 'float', [0], 'float', [-0]],
    ['floats and integers', 'float', [1], 'int', [1]],
    ['lengths', 'int', [0], 'int', [0, 0]],
    ['no value and 0', 'long', [], 'long', [0n]],
    ['neighbours', 'float', [1, 2], 'float', [1, 2 + 2 ** -22]],
    ['bigints', 'long', [1n], 'long', [2n ** 32n + 1n]],
    ['a late value', 'float', [...many, 1], 'float', [...many, 2]],
    ['an early value', 'float', [1, ...many], 'float', [2, ...many]],
    ['truth values', 'bool', [true], 'bool', [false]],
  ])('tells apart %s', (_, storage, values, other, others) => {
    expect(vectorKey(storage, 1, values)).not.toBe(vectorKey(other, 1, others))
  })

  it('tells apart alignments', () => {
    expect(vectorKey('int', 16, [1])).not.toBe(vectorKey('int', 1, [1]))
  })

  it('takes every NaN for the same', () => {
    const [odd] = new Float64Array(BigUint64Array.of(0x7ff8_0000_0000_0001n).buffer)
    expect(vectorKey('float', 1, [odd])).toBe(vectorKey('float', 1, [NaN]))
  })
})
