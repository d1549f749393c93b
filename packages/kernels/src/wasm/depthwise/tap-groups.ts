import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { axisGroups } from './axis-groups.ts'
import type { AxisGroup } from './axis-groups.ts'

/** A place in a window, or in the part of an input that a tile looks at. */
export interface Tap {
  readonly row: number
  readonly column: number
}

/** How a window lies on the input. */
export type Window = Pick<
  ConvolutionGeometry,
  'filterHeight' | 'filterWidth' | 'strideHeight' | 'strideWidth' | 'dilationHeight' | 'dilationWidth'
>

/** Neighbouring output positions that are computed together. */
export interface TileSize {
  readonly rows: number
  readonly columns: number
}

/** Taps of a vector of weights; `undefined` stands for a weight of 0. */
export type TapVector = readonly (Tap | undefined)[]

/** A product that a vector is part of: of an output position of the tile, and the weights of the elements in its window. */
export interface TapUse extends Tap {
  readonly weights: TapVector
}

/** Elements of the input that one vector holds for each of its channels, and the products it is part of. */
export interface TapGroup {
  /** Where the elements are, from the first window of the tile on; `undefined` where it does not matter. */
  readonly sources: TapVector
  readonly uses: readonly TapUse[]
}

/** Order in which the products of a window are summed. */
export type SumOrder = 'rows' | 'columns'

/**
 * Divides the taps of the windows of a tile into vectors of `size` taps such that windows which overlap share vectors:
 * neighbours in a column of the input, or neighbours in a row where a row has none left above and below.
 *
 * @param order of the products of each window, of interest where a vector is one tap.
 */
export function tapGroups(
  window: Window,
  tile: TileSize,
  size: number,
  order: SumOrder,
): readonly TapGroup[] {
  const groups = new Map<string, { sources: (Tap | undefined)[]; uses: TapUse[]; first: Tap }>()
  for (let row = 0; row < tile.rows; row++) {
    for (let column = 0; column < tile.columns; column++) {
      for (const { places, weights } of windowVectors(window, row, column, size)) {
        const key = keyOf(places)
        const group = groups.get(key) ?? { sources: [], uses: [], first: places[0]! }
        places.forEach((place, at) => (group.sources[at] ??= weights[at] && place))
        group.uses.push({ row, column, weights })
        groups.set(key, group)
      }
    }
  }
  const [slow, fast] = order === 'rows' ? (['row', 'column'] as const) : (['column', 'row'] as const)
  return [...groups.values()].sort(({ first: a }, { first: b }) => a[slow] - b[slow] || a[fast] - b[fast])
}

/** Names taps in maps. */
export function keyOf(taps: TapVector): string {
  return taps.map((tap) => tap && `${tap.row},${tap.column}`).join(' ')
}

/** A group of one tile, and the group of the tile before it that holds the same elements. */
export interface RepeatedGroup {
  readonly group: TapGroup
  readonly before: TapGroup
}

/** Groups whose elements another group has in the tile that is `columns` elements to the left. */
export function repeatedGroups(groups: readonly TapGroup[], columns: number): readonly RepeatedGroup[] {
  const moved = ({ sources }: TapGroup): TapVector =>
    sources.map((source) => source && { row: source.row, column: source.column - columns })
  const later = new Map(groups.map((group) => [keyOf(moved(group)), group]))
  return groups.flatMap((group) => {
    const before = later.get(keyOf(group.sources))
    return before === undefined ? [] : [{ group, before }]
  })
}

interface WindowVector {
  /** All places of the vector, those without a tap included. */
  readonly places: readonly Tap[]
  readonly weights: TapVector
}

/** The vectors of one window, in the elements of its tile. */
function windowVectors(window: Window, row: number, column: number, size: number): readonly WindowVector[] {
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = window
  const [top, left] = [row * strideHeight, column * strideWidth]
  const rows = { taps: filterHeight, dilation: dilationHeight, start: top }
  const columns = { taps: filterWidth, dilation: dilationWidth, start: left }
  // A row that is left over comes first, so that the rest is what the window below starts with.
  return axisGroups(rows, size, filterHeight % size === 1 ? size - 1 : 0).flatMap((group) => {
    const taps = group.taps.filter((tap) => tap !== undefined)
    if (taps.length === 1 && size > 1) {
      const [only = 0] = taps
      const at = top + only * dilationHeight
      return axisGroups(columns, size, 0).map((each) =>
        vectorOf(
          each,
          (place) => ({ row: at, column: place }),
          (tap) => ({ row: only, column: tap }),
        ),
      )
    }
    return Array.from({ length: filterWidth }, (_, filterColumn) =>
      vectorOf(
        group,
        (place) => ({ row: place, column: left + filterColumn * dilationWidth }),
        (tap) => ({ row: tap, column: filterColumn }),
      ),
    )
  })
}

function vectorOf(
  { start, step, taps }: AxisGroup,
  placeAt: (element: number) => Tap,
  tapOf: (tap: number) => Tap,
): WindowVector {
  return {
    places: taps.map((_, at) => placeAt(start + at * step)),
    weights: taps.map((tap) => (tap === undefined ? undefined : tapOf(tap))),
  }
}
