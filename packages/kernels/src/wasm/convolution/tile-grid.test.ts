import { expect, it } from 'vitest'
import { i16, usdot } from '../inner-loop.ts'
import { tileGrid, tileLimits } from './tile-grid.ts'

it('mixes tiles of two shapes where rows alone would leave only small ones', () => {
  expect(tileGrid(8, 8, usdot)).toEqual([
    { height: 3, count: 2, tiles: [{ size: 2, count: 4 }] },
    {
      height: 2,
      count: 1,
      tiles: [
        { size: 3, count: 2 },
        { size: 2, count: 1 },
      ],
    },
  ])
})

it('keeps to rows where small tiles cost nothing', () => {
  expect(tileGrid(8, 7, i16)).toEqual([
    {
      height: 1,
      count: 8,
      tiles: [
        { size: 4, count: 1 },
        { size: 3, count: 1 },
      ],
    },
  ])
})

it.each([usdot, i16])('covers every position once, in tiles that have registers', (inner) => {
  for (let rows = 1; rows <= 20; rows++) {
    for (let columns = 1; columns <= 20; columns++) {
      let covered = 0
      for (const { height, count, tiles } of tileGrid(rows, columns, inner)) {
        const widths = tiles.reduce((sum, tile) => sum + tile.size * tile.count, 0)
        expect(widths).toBe(columns)
        expect(Math.max(...tiles.map(({ size }) => size * height))).toBeLessThanOrEqual(inner.largestTile)
        covered += height * count * widths
      }
      expect(covered).toBe(rows * columns)
    }
  }
})

it.each([4, 8, 24, 48] as const)(
  'keeps the sums of %d channels in registers, and the multipliers busy',
  (size) => {
    const { largestTile, busyTile } = tileLimits(usdot, size)
    const vectors = size / 4
    expect(largestTile * vectors).toBe(2 * usdot.largestTile)
    expect(busyTile * vectors).toBeCloseTo(2 * usdot.busyTile)
  },
)
