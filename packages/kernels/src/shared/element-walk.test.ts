import { expect, it } from 'vitest'
import { axisOffsets, copyElements, stridesOf } from './element-walk.ts'

/** Counts from 0, so that every element tells where it comes from. */
const counting = (length: number) => Uint16Array.from({ length }, (_, at) => at)

it('knows the strides of a row-major tensor', () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1])
  expect(stridesOf([])).toEqual([])
})

it.each([
  ['single elements', [axisOffsets(2, 1), axisOffsets(3, 2)], [0, 2, 4, 1, 3, 5]],
  ['runs with a start', [axisOffsets(2, 4), Int32Array.of(1, 2)], [1, 2, 5, 6]],
  ['runs across dimensions', [axisOffsets(2, 3), axisOffsets(3, 1)], [0, 1, 2, 3, 4, 5]],
  ['repetitions', [axisOffsets(2, 0), Int32Array.of(3, 4)], [3, 4, 3, 4]],
  ['one element', [Int32Array.of(4), Int32Array.of(1)], [5]],
  ['nothing', [axisOffsets(2, 1), axisOffsets(0, 1)], []],
  ['nothing, outermost', [axisOffsets(0, 1), axisOffsets(2, 5)], []],
] as const)('copies %s', (_, offsets, expected) => {
  const output = new Uint16Array(expected.length)
  copyElements({ shape: [expected.length], offsets: () => offsets })(counting(12), output)
  expect([...output]).toEqual(expected)
})

it('copies long runs, and elements of several words', () => {
  const rows = [axisOffsets(2, 20, (row) => 1 - row), axisOffsets(20, 1)]
  const output = new Uint16Array(80)
  copyElements({ shape: [2, 20], offsets: () => rows }, 2)(counting(80), output)
  expect([...output]).toEqual([...counting(80).slice(40), ...counting(80).slice(0, 40)])
  const swapped = new Uint16Array(4)
  copyElements({ shape: [2], offsets: () => [Int32Array.of(1, 0)] }, 2)(counting(4), swapped)
  expect([...swapped]).toEqual([2, 3, 0, 1])
})

it('lists no offsets where there is nothing to copy', () => {
  const offsets = () => {
    throw new Error('listed')
  }
  expect(() => copyElements({ shape: [0, 2 ** 31 - 1], offsets })).not.toThrow()
})
