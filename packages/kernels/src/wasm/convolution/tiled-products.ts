import type { Epilogue } from '../epilogue/epilogue.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { Span } from '../share.ts'
import { splitChannels } from './split.ts'
import type { Panel, PanelSize } from './split.ts'
import { stepTime, tileGrid, tileLimits } from './tile-grid.ts'

/** A dimension that is walked: how often, and how far each time, in bytes. */
export interface Walk {
  readonly count: number
  readonly stride: number
}

/** How much of the inputs of an output is multiplied. */
export interface Reach {
  /** Of the slowest walk over parts. */
  readonly windowRows: number
  /** Of each part. */
  readonly steps: number
}

/** Output positions of an image, and what of the parts of their inputs is multiplied, as spans of what {@link Reach} counts. */
export interface Region {
  readonly rows: Span
  readonly columns: Span
  readonly windowRows: Span
  readonly steps: Span
}

/**
 * Sums of products over parts of an input, for every output position and channel: convolutions, and matrix products as the
 * case of one part.
 */
export interface TiledProducts {
  readonly inner: InnerLoop
  readonly epilogue: Epilogue
  /** Output positions, slow to fast; the stride is that of their inputs. The last one is divided into tiles. */
  readonly outer: readonly Walk[]
  readonly positions: Walk
  /** Parts of the input that belong to one output, in the order of summation, slow to fast. */
  readonly parts: readonly Walk[]
  /** Steps of four bytes in each part, one after the other. */
  readonly steps: number
  /** Bytes from the input of a position to each of its steps that are behind those of all parts. */
  readonly furtherSteps?: readonly number[]
  readonly channels: number
  /** How many of the channels are computed, if not all: those from which weights, parameters and output start. */
  readonly computedChannels?: number | undefined
  /** How the positions of an image are divided, if they are: each region starts with sums of its own. */
  readonly regions?: readonly Region[] | undefined
  /** Most channels that are computed at once; by the number of positions when left out. */
  readonly largestPanel?: PanelSize
}

/** How many parts there are in all. */
export const partCount = ({ parts }: Pick<TiledProducts, 'parts'>): number =>
  parts.reduce((product, { count }) => product * count, 1)

/** The walk over rows of positions; one row where there are none. */
export const rowsOf = ({ outer, positions }: Pick<TiledProducts, 'outer' | 'positions'>): Walk =>
  outer.at(-1) ?? { count: 1, stride: positions.count * positions.stride }

/** How many steps belong to one output. */
export const stepCount = (products: Pick<TiledProducts, 'parts' | 'steps' | 'furtherSteps'>): number =>
  partCount(products) * products.steps + (products.furtherSteps?.length ?? 0)

/** Channels that are computed at once. */
export function panelsOf(products: TiledProducts): readonly Panel[] {
  const { channels, computedChannels = channels } = products
  return splitChannels(computedChannels, largestPanelOf(products))
}

/** Most channels that are computed at once. */
export const largestPanelOf = (products: TiledProducts): PanelSize =>
  products.largestPanel ?? widestPanel(products)

/** Among more positions, tiles that are too small are few. */
const fewPositions = 48

/** What wider panels have to save: the channels that they leave are computed in narrow ones. */
const leastGain = 0.05

/** More channels where there are too few positions to fill the registers, or tiles of them would be too small. */
function widestPanel({ inner, outer, positions: { count: columns } }: TiledProducts): PanelSize {
  const rows = outer.at(-1)?.count ?? 1
  const positions = rows * columns
  if (positions === 1) return inner.widestPanel
  if (positions > fewPositions) return 8
  const timeOf = (size: PanelSize): number => {
    const limits = tileLimits(inner, size)
    return stepTime(tileGrid(rows, columns, limits), limits)
  }
  if (timeOf(24) < (1 - leastGain) * timeOf(8)) return 24
  return positions <= 3 ? 16 : 8
}
