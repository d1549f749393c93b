import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'

/** Equal pieces of a row of output positions, one after the other. */
export interface RowPiece {
  readonly count: number
  /** Output positions of each. */
  readonly size: number
  /** Column of the input where the first window of the first piece starts; negative at the left border. */
  readonly from: number
  /** Columns of the input from one piece to the next. */
  readonly columns: number
}

/** Tiles whose code can be one loop. */
export type TileRun = RowPiece

/** Pieces of a row of tiles for which all channels are computed before the next piece. */
export interface ColumnBlock extends RowPiece {
  /** Tiles of the first block, those of the others lie alike. */
  readonly runs: readonly TileRun[]
}

/**
 * Divides a row of output positions into tiles of a size, the last one smaller, and these into runs; a tile of which a window
 * leaves the input is a run of its own.
 */
export function tileRuns(geometry: ConvolutionGeometry, tileSize: number): readonly TileRun[] {
  const { outputWidth, strideWidth, padLeft } = geometry
  const runs: TileRun[] = []
  let extendable = false
  for (let at = 0; at < outputWidth; at += tileSize) {
    const size = Math.min(tileSize, outputWidth - at)
    const tile = { size, count: 1, from: at * strideWidth - padLeft, columns: size * strideWidth }
    const inside = isInside(geometry, tile)
    const last = runs.at(-1)
    if (extendable && inside && last?.size === size) runs.splice(-1, 1, { ...last, count: last.count + 1 })
    else runs.push(tile)
    extendable = inside
  }
  return runs
}

/** True when no window of a tile leaves the input on its left or right. */
function isInside(geometry: ConvolutionGeometry, { from, size }: TileRun): boolean {
  const { inputWidth, strideWidth, filterWidth, dilationWidth } = geometry
  const end = from + (size - 1) * strideWidth + (filterWidth - 1) * dilationWidth
  return from >= 0 && end < inputWidth
}

/** What a block sees of the input is to stay in the nearest cache, which has 32 KiB in most processors. */
const cachedBytes = 28672

/**
 * Divides a row of tiles into blocks where its windows see more than the nearest cache holds, as every panel of channels
 * walks through all of it.
 *
 * @param columnBytes of the input that windows see in one of its columns.
 */
export function columnBlocks(runs: readonly TileRun[], columnBytes: number): readonly ColumnBlock[] {
  const columns = runs.reduce((sum, run) => sum + run.count * run.columns, 0)
  if (columns * columnBytes <= cachedBytes) {
    const size = runs.reduce((sum, run) => sum + run.count * run.size, 0)
    return [{ runs, count: 1, size, from: runs[0]?.from ?? 0, columns }]
  }
  return runs.flatMap((run) => {
    const largest = Math.max(1, Math.floor(cachedBytes / (run.columns * columnBytes)))
    const blocks: ColumnBlock[] = []
    for (let done = 0; done < run.count;) {
      const tiles = Math.min(largest, run.count - done)
      const count = Math.floor((run.count - done) / tiles)
      const from = run.from + done * run.columns
      const block = { count, from, size: tiles * run.size, columns: tiles * run.columns }
      blocks.push({ ...block, runs: [{ ...run, count: tiles, from }] })
      done += count * tiles
    }
    return blocks
  })
}

/**
 * Columns that pointers to the input move by behind each piece. They never stand before the start of a row, as only what is
 * inside has an address.
 */
export function columnSteps(pieces: readonly RowPiece[]): readonly number[] {
  return pieces.map(({ count, from, columns }, index) => {
    const next = pieces[index + 1]?.from ?? from + count * columns
    return count > 1 ? columns : Math.max(0, next) - Math.max(0, from)
  })
}
