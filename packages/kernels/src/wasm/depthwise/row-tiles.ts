import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { splitEvenly } from '../convolution/split.ts'

/** Tiles of one size, one after the other in a row of output positions. */
export interface TileRun {
  /** Output positions of each tile. */
  readonly size: number
  readonly count: number
  /** Column of the input where the first window of the first tile starts; negative at the left border. */
  readonly from: number
}

/**
 * Divides a row of output positions into tiles of at most `largest`, and these into runs whose code can be one loop: a tile
 * of which a window leaves the input is a run of its own.
 */
export function tileRuns(geometry: ConvolutionGeometry, largest: number): readonly TileRun[] {
  const { outputWidth, strideWidth, padLeft } = geometry
  const runs: TileRun[] = []
  let from = -padLeft
  let extendable = false
  for (const { size, count } of splitEvenly(outputWidth, largest)) {
    for (let tile = 0; tile < count; tile++, from += size * strideWidth) {
      const inside = isInside(geometry, from, size)
      const last = runs.at(-1)
      if (extendable && inside && last?.size === size) runs.push({ ...runs.pop()!, count: last.count + 1 })
      else runs.push({ size, count: 1, from })
      extendable = inside
    }
  }
  return runs
}

/** True when no window of a tile leaves the input on its left or right. */
function isInside(geometry: ConvolutionGeometry, from: number, size: number): boolean {
  const { inputWidth, strideWidth, filterWidth, dilationWidth } = geometry
  const end = from + (size - 1) * strideWidth + (filterWidth - 1) * dilationWidth
  return from >= 0 && end < inputWidth
}
