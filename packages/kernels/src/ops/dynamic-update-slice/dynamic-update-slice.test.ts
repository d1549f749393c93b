import { expect, it } from 'vitest'
import { dynamicUpdateSlice } from './dynamic-update-slice.ts'

const update = (starts: ArrayLike<number | bigint>) => {
  const output = new Uint8Array(6)
  dynamicUpdateSlice([2, 3], [1, 2], 1)(Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(8, 9), starts, output)
  return [...output]
}

it.each([
  ['within', [1, 0], [1, 2, 3, 8, 9, 6]],
  ['over the end, moved back', [7n, 2n], [1, 2, 3, 4, 8, 9]],
  ['before the begin, moved forward', [-1, -5], [8, 9, 3, 4, 5, 6]],
])('replaces a block %s', (_, starts, expected) => {
  expect(update(starts)).toEqual(expected)
})

it('replaces several rows of elements of several words', () => {
  const output = new Uint8Array(8)
  dynamicUpdateSlice([2, 2], [2, 1], 2)(new Uint8Array(8), Uint8Array.of(1, 2, 3, 4), [0, 1], output)
  expect([...output]).toEqual([0, 0, 1, 2, 0, 0, 3, 4])
})

it('replaces a scalar', () => {
  const output = new Uint8Array(1)
  dynamicUpdateSlice([], [], 1)(Uint8Array.of(1), Uint8Array.of(2), [], output)
  expect([...output]).toEqual([2])
})

it('refuses a block that is larger, or has other dimensions', () => {
  expect(() => dynamicUpdateSlice([2], [3], 1)).toThrow(
    'got an update of [3] in [2], expected one that fits in',
  )
  expect(() => dynamicUpdateSlice([2], [1, 2], 1)).toThrow('got an update of [1, 2] in [2]')
})

it('lists no rows of an empty block', () => {
  expect(() => dynamicUpdateSlice([2 ** 31 - 1, 0], [2 ** 31 - 1, 0], 1)).not.toThrow()
})
