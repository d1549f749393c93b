import { expect, it } from 'vitest'
import { equalBytes } from './equal-bytes.ts'

it('knows views of the same bytes to be equal, wherever they lie', () => {
  const bytes = Uint8Array.of(9, 1, 2, 3)
  expect(equalBytes(bytes.subarray(1), Uint8Array.of(1, 2, 3))).toBe(true)
  expect(equalBytes(Float32Array.of(NaN, -0), Float32Array.of(NaN, -0))).toBe(true)
})

it.each([
  ['other bytes', Int8Array.of(1, 2), Int8Array.of(1, 3)],
  ['zeros of other signs', Float32Array.of(-0), Float32Array.of(0)],
  ['other lengths', Int8Array.of(1, 2), Int8Array.of(1)],
  ['other types', Int8Array.of(1), Uint8Array.of(1)],
  ['lists', [1], [1]],
  ['nothing', undefined, undefined],
])('says nothing of %s', (_, one, other) => {
  expect(equalBytes(one, other)).toBeUndefined()
})

it('is asked by toEqual', () => {
  const long = new Int8Array(2 ** 24)
  expect({ long }).toEqual({ long: long.slice() })
})

it('leaves differences to toEqual, and tells them', () => {
  expect(() => expect(Float32Array.of(-0)).toEqual(Float32Array.of(0))).toThrow('to deeply equal')
  expect(() => expect([Int8Array.of(1, 2)]).toEqual([Int8Array.of(1, 3)])).toThrow('to deeply equal')
  expect(() => expect(Int8Array.of(1)).toEqual(Uint8Array.of(1))).toThrow('to deeply equal')
})
