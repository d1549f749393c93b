import { expect, it } from 'vitest'
import { gather, gatherShape } from './gather.ts'

const counting = (length: number) => Uint16Array.from({ length }, (_, at) => at)

it('takes slices along an axis', () => {
  const parameters = { shape: [2, 3, 2], indicesShape: [2], axis: 1, batchDims: 0, wordsPerElement: 1 }
  const output = new Uint16Array(8)
  gather(parameters)(counting(12), [2, 0], output)
  expect(gatherShape(parameters)).toEqual([2, 2, 2])
  expect([...output]).toEqual([4, 5, 0, 1, 10, 11, 6, 7])
})

it('takes the indices of each batch to be about that batch', () => {
  const parameters = { shape: [2, 2, 3], indicesShape: [2, 1], axis: 2, batchDims: 1, wordsPerElement: 1 }
  const output = new Uint16Array(4)
  gather(parameters)(counting(12), [2n, 1n], output)
  expect(gatherShape(parameters)).toEqual([2, 2, 1])
  expect([...output]).toEqual([2, 5, 7, 10])
})

it('moves elements of several words', () => {
  const output = new Uint16Array(2)
  gather({ shape: [3], indicesShape: [], axis: 0, batchDims: 0, wordsPerElement: 2 })(
    counting(6),
    [2],
    output,
  )
  expect([...output]).toEqual([4, 5])
})

it.each([-1, 3])('refuses the index %d of three', (index) => {
  const run = gather({ shape: [3], indicesShape: [1], axis: 0, batchDims: 0, wordsPerElement: 1 })
  expect(() => run(counting(3), [index], new Uint16Array(1))).toThrow(
    `got index ${index}, expected one from 0 to 2`,
  )
})

it('refuses any index of nothing', () => {
  const run = gather({ shape: [0], indicesShape: [1], axis: 0, batchDims: 0, wordsPerElement: 1 })
  expect(() => run(counting(0), [0], new Uint16Array(1))).toThrow('expected none: the dimension is empty')
})

it.each([
  ['batches that differ', [2, 3], [3, 1], 1, 1],
  ['an axis among the batches', [2, 3], [2, 1], 0, 1],
  ['more batches than indices have', [2, 3], [2], 1, 2],
  ['an axis that is not there', [], [1], 0, 0],
])('refuses %s', (_, shape, indicesShape, axis, batchDims) => {
  expect(() => gatherShape({ shape, indicesShape, axis, batchDims })).toThrow(
    'expected an axis of the tensor behind',
  )
})
