import { describe, expect, it } from 'vitest'
import { repeatedGroups, tapGroups } from './tap-groups.ts'
import type { Tap, TapGroup } from './tap-groups.ts'

const window = (height: number, width: number, stride = 1, dilation = 1) => ({
  ...{ filterHeight: height, filterWidth: width, strideHeight: stride, strideWidth: stride },
  ...{ dilationHeight: dilation, dilationWidth: dilation },
})
const products = (groups: readonly TapGroup[]): number => groups.flatMap(({ uses }) => uses).length

describe.each([
  [3, 3, 1, 1],
  [3, 3, 2, 1],
  [5, 4, 1, 1],
  [2, 5, 3, 1],
  [1, 7, 1, 1],
  [3, 2, 1, 2],
])('a window of %i × %i, stride %i, dilation %i', (height, width, stride, dilation) => {
  it.each([1, 2, 4])('has each tap once for every position, %i to a vector', (size) => {
    const groups = tapGroups(window(height, width, stride, dilation), { rows: 2, columns: 3 }, size, 'rows')
    const found = groups.flatMap(({ sources, uses }) =>
      uses.flatMap(({ row, column, weights }) =>
        weights.flatMap((tap, at) => {
          if (tap === undefined) return []
          expect(sources[at]).toEqual({
            row: row * stride + tap.row * dilation,
            column: column * stride + tap.column * dilation,
          })
          return [`${row} ${column} ${tap.row} ${tap.column}`]
        }),
      ),
    )
    expect(new Set(found).size).toBe(found.length)
    expect(found).toHaveLength(6 * height * width)
  })
})

it('takes five products of pairs for nine taps, and shares pairs between two rows', () => {
  const groups = tapGroups(window(3, 3), { rows: 2, columns: 4 }, 2, 'rows')
  expect(products(groups)).toBe(8 * 5)
  // Six columns of pairs from the rows in the middle, three pairs from the first row and from the last.
  expect(groups).toHaveLength(6 + 3 + 3)
})

it('takes three products of fours for nine taps, all from the same columns of four rows', () => {
  const groups = tapGroups(window(3, 3), { rows: 2, columns: 2 }, 4, 'rows')
  expect(products(groups)).toBe(4 * 3)
  expect(groups).toHaveLength(4)
})

it.each([
  ['rows', ['0,0', '0,1', '1,0', '1,1']],
  ['columns', ['0,0', '1,0', '0,1', '1,1']],
] as const)('sums single taps by %s', (order, expected) => {
  const groups = tapGroups(window(2, 2), { rows: 1, columns: 2 }, 1, order)
  const taps = groups.flatMap(({ uses }) => uses.filter(({ column }) => column === 1))
  expect(taps.map(({ weights: [tap] }) => `${tap!.row},${tap!.column}`)).toEqual(expected)
})

it('finds what the next tile needs again', () => {
  const groups = tapGroups(window(3, 3), { rows: 2, columns: 2 }, 4, 'rows')
  const column = ({ sources: [first] }: TapGroup): number => (first as Tap).column
  const repeated = repeatedGroups(groups, 2).map(({ group, before }) => [column(group), column(before)])
  expect(repeated).toEqual([
    [0, 2],
    [1, 3],
  ])
})
