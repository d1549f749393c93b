import type { InnerLoop } from '../inner-loop.ts'
import { splitEvenly } from './split.ts'
import type { Parts } from './split.ts'

/** Rows of tiles of one height. */
export interface TileRows {
  /** Rows of output positions in a tile. */
  readonly height: number
  /** How many of these rows of tiles follow each other. */
  readonly count: number
  /** How a row of tiles is divided: tiles by their columns of output positions. */
  readonly tiles: readonly Parts[]
}

/** How many positions a tile can have, and should have. */
export type TileLimits = Pick<InnerLoop, 'largestTile' | 'busyTile'>

/** The limits of panels of some channels. Those of 16 are for few positions, or for vectors that are fused in pairs. */
export function tileLimits(inner: InnerLoop, size: number): TileLimits {
  if (size === 8 || size === 16) return inner
  const panels = size / 8
  return {
    largestTile: Math.max(1, Math.floor(inner.largestTile / panels)),
    busyTile: inner.busyTile / panels,
  }
}

/** More rows than this bring no better fit, unless there are hardly any columns. */
const highestTile = 3

/** What a tile costs besides its steps, in the time of a step of one position. */
const tileCost = 10

/**
 * Divides output positions into tiles of at most `largestTile`, of one row or of several, so that few of them are too small to
 * keep the processor busy: 8×8 positions, at most six at a time, are eight tiles of 3×2, two of 2×3 and one of 2×2, where
 * rows alone would give sixteen of 4.
 *
 * @example
 * tileGrid(8, 8, usdot) // [{ height: 3, count: 2, tiles: [{ size: 2, count: 4 }] }, { height: 2, count: 1, tiles: [{ size: 3, count: 2 }, …] }]
 */
export function tileGrid(rows: number, columns: number, inner: TileLimits): readonly TileRows[] {
  const highest = columns === 1 ? inner.largestTile : Math.min(highestTile, inner.largestTile)
  const heights = Array.from({ length: Math.min(highest, rows) }, (_, at) => at + 1)
  const grids = heights.map((height) => gridOf(rows, columns, height, inner))
  return grids.reduce((best, grid) => (stepTime(grid, inner) < stepTime(best, inner) ? grid : best))
}

function gridOf(
  rows: number,
  columns: number,
  height: number,
  { largestTile }: TileLimits,
): readonly TileRows[] {
  return splitEvenly(rows, height).map(({ size, count }) => ({
    ...{ height: size, count },
    tiles: splitEvenly(columns, Math.floor(largestTile / size)),
  }))
}

/** Time of all tiles, in that of a step of one position. */
export function tileTime(grid: readonly TileRows[], inner: TileLimits, steps: number): number {
  const tiles = grid.flatMap(({ count, tiles: row }) => row.map((tile) => count * tile.count))
  return stepTime(grid, inner) * steps + tileCost * tiles.reduce((total, count) => total + count, 0)
}

/** Time of one step of all tiles, in that of one position: small tiles wait for their own sums. */
export function stepTime(grid: readonly TileRows[], { busyTile }: TileLimits): number {
  return grid.reduce(
    (total, { height, count, tiles }) =>
      total +
      count * tiles.reduce((sum, tile) => sum + tile.count * Math.max(busyTile, height * tile.size), 0),
    0,
  )
}
