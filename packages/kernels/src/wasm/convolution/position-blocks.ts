import type { Panel, Parts } from './split.ts'
import { largestPanelOf } from './tiled-products.ts'
import type { TiledProducts } from './tiled-products.ts'

/** Input of a block: half of the nearest cache of current processors, the rest is for weights and outputs. */
export const blockBytes = 16 * 1024

/** Output positions, divided so that the input of a part stays in the nearest cache while all channels are computed. */
export interface PositionBlocks {
  /** How often all parts follow each other: once for each image. */
  readonly repeats: number
  readonly parts: readonly Parts[]
  /** Bytes of input between the end of the last part and the next repeat. */
  readonly gap: number
  of(size: number): {
    readonly products: TiledProducts
    readonly inputBytes: number
    readonly outputBytes: number
  }
}

/**
 * Blocks of rows of output, or of positions where there are no rows.
 *
 * @returns undefined where one block does: the input is small or there is but one panel of channels.
 */
export function blocksOf(products: TiledProducts, panels: readonly Panel[]): PositionBlocks | undefined {
  const { outer, positions, inner, channels, epilogue } = products
  const rows = outer.at(-1)
  const walk = rows ?? positions
  const panelCount = panels.reduce((total, { count }) => total + count, 0)
  if (panelCount === 1 || walk.count * walk.stride <= 2 * blockBytes) return undefined
  const fitting = Math.max(1, Math.floor(blockBytes / walk.stride))
  const most = rows === undefined ? Math.ceil(fitting / inner.largestTile) * inner.largestTile : fitting
  const outputStride = (rows === undefined ? 1 : positions.count) * channels * epilogue.outputBytes
  const images = outer.slice(0, -1)
  const repeats = images.reduce((total, { count }) => total * count, 1)
  // Weights are packed once, so a block of few positions must not choose other panels for itself.
  const whole = { ...products, largestPanel: largestPanelOf(products) }
  return {
    repeats,
    parts: partsOf(walk.count, most, rows === undefined ? inner.largestTile : 1),
    gap: images.length === 0 ? 0 : images.at(-1)!.stride - walk.count * walk.stride,
    of: (size) => ({
      products:
        rows === undefined
          ? { ...whole, positions: { ...positions, count: size } }
          : { ...whole, outer: [{ ...rows, count: size }] },
      inputBytes: size * walk.stride,
      outputBytes: size * outputStride,
    }),
  }
}

/**
 * Parts of one size where one is found that is not much smaller than the largest, so that one piece of code does; otherwise as
 * many of the largest size as fit, and the rest.
 */
export function partsOf(total: number, most: number, multiple: number): readonly Parts[] {
  const fewest = Math.ceil(total / most)
  for (let count = fewest; count < 2 * fewest; count++)
    if (total % (count * multiple) === 0) return [{ size: total / count, count }]
  const count = Math.floor(total / most)
  const rest = total - count * most
  return [...(count > 0 ? [{ size: most, count }] : []), ...(rest > 0 ? [{ size: rest, count: 1 }] : [])]
}
