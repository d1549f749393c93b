import { expect, it } from 'vitest'
import { partOrigins, windowParts } from './window-parts.ts'

const window = (filterHeight: number, filterWidth: number) => ({
  ...{ filterHeight, filterWidth, strideHeight: 1, strideWidth: 1 },
  ...{ dilationHeight: 1, dilationWidth: 1 },
})

it.each([
  [9, 9, 'rows', [9, 9], 1],
  [10, 9, 'rows', [1, 9], 10],
  [10, 9, 'columns', [10, 1], 9],
  [2, 100, 'rows', [1, 1], 200],
  [2, 100, 'columns', [2, 1], 100],
] as const)('%i × %i by %s has parts of %j', (height, width, order, size, count) => {
  const parts = windowParts(window(height, width), order)
  expect([parts.window.filterHeight, parts.window.filterWidth]).toEqual(size)
  expect(partOrigins(parts)).toHaveLength(count)
})

it('lists parts in the order of their loops', () => {
  const loops = [
    { count: 2, step: { row: 0, column: 1 } },
    { count: 2, step: { row: 1, column: 0 } },
  ]
  expect(partOrigins({ window: window(1, 1), loops })).toEqual([
    { row: 0, column: 0 },
    { row: 1, column: 0 },
    { row: 0, column: 1 },
    { row: 1, column: 1 },
  ])
})
