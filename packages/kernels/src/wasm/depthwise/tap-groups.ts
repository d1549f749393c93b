/** A position in the window of a depthwise convolution. */
export interface Tap {
  readonly row: number
  readonly column: number
}

/** How a window lies on the input, in elements of the input. */
export interface Window {
  readonly filterHeight: number
  readonly filterWidth: number
  readonly strideHeight: number
  readonly strideWidth: number
  readonly dilationHeight: number
  readonly dilationWidth: number
}

/** Neighbouring output positions that are computed together. */
export interface TileSize {
  readonly rows: number
  readonly columns: number
}

/** Adds a vector of taps, multiplied by a vector of weights, to the sums of an output position of the tile. */
export interface TapUse {
  readonly row: number
  readonly column: number
  /** Taps of the weights, one for each source; `undefined` stands for weights of 0. */
  readonly weights: readonly (Tap | undefined)[]
}

/** Elements of the input that one vector holds for each of its channels, and what is done with it. */
export interface TapGroup {
  /** Where the elements are, from the first window of the tile on; `undefined` where it does not matter. */
  readonly sources: readonly (Tap | undefined)[]
  readonly uses: readonly TapUse[]
}

/** Taps of one axis that stand in the same vector, and the place of the first one, whether it is used or not. */
interface AxisGroup {
  readonly start: number
  readonly step: number
  readonly taps: readonly (number | undefined)[]
}

/**
 * Divides the taps of windows into vectors of `size` taps such that windows which overlap share vectors: neighbours in a
 * column of the input, and neighbours in a row where no tap above or below is left. Elements are grouped by where they lie
 * in the input, not in the window, unless the window is dilated.
 *
 * @param order of the taps of a window in a sum; each group's uses follow it.
 */
export function tapGroups(
  window: Window,
  tile: TileSize,
  size: number,
  order: 'rows' | 'columns',
): readonly TapGroup[] {
  const groups = new Map<string, { sources: (Tap | undefined)[]; uses: TapUse[]; at: Tap }>()
  for (let row = 0; row < tile.rows; row++) {
    for (let column = 0; column < tile.columns; column++) {
      for (const { at, sources, weights } of windowGroups(window, row, column, size)) {
        const key = sources.map((source) => source && `${source.row},${source.column}`).join(' ')
        const group = groups.get(key) ?? { sources: sources.map(() => undefined), uses: [], at }
        weights.forEach((tap, slot) => (group.sources[slot] ??= tap && sources[slot]))
        group.uses.push({ row, column, weights })
        groups.set(key, group)
      }
    }
  }
  const rank = ({ at }: { at: Tap }): readonly [number, number] =>
    order === 'rows' ? [at.row, at.column] : [at.column, at.row]
  return [...groups.values()].sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1])
}

/** The groups of one window. */
function windowGroups(window: Window, row: number, column: number, size: number) {
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = window
  // Among rows the tap that is left over comes first, so that the window below has its own at the end.
  const shift = filterHeight % size === 1 ? size - 1 : 0
  const rows = axisGroups(filterHeight, row * strideHeight, dilationHeight, size, shift)
  const columns = axisGroups(filterWidth, column * strideWidth, dilationWidth, size, 0)
  return rows.flatMap((vertical) => {
    const used = vertical.taps.filter((tap) => tap !== undefined)
    if (used.length > 1 || size === 1) {
      return Array.from({ length: filterWidth }, (_, tap) => {
        const at = column * strideWidth + tap * dilationWidth
        return vectorOf(
          vertical,
          (place) => ({ row: place, column: at }),
          (each) => ({ row: each, column: tap }),
        )
      })
    }
    const [tap = 0] = used
    const at = row * strideHeight + tap * dilationHeight
    return columns.map((horizontal) =>
      vectorOf(
        horizontal,
        (place) => ({ row: at, column: place }),
        (each) => ({ row: tap, column: each }),
      ),
    )
  })
}

function vectorOf(
  { start, step, taps }: AxisGroup,
  sourceAt: (place: number) => Tap,
  weightOf: (tap: number) => Tap,
) {
  const sources = taps.map((_, slot) => sourceAt(start + slot * step))
  return {
    sources,
    weights: taps.map((tap) => (tap === undefined ? undefined : weightOf(tap))),
    at: sources[0]!,
  }
}

function axisGroups(
  taps: number,
  start: number,
  dilation: number,
  size: number,
  shift: number,
): readonly AxisGroup[] {
  // Dilated windows have their own lattices; the others share that of the input.
  const first = dilation === 1 ? start + shift : shift
  const origin = dilation === 1 ? -shift : start - shift * dilation
  const groups: { start: number; step: number; taps: (number | undefined)[] }[] = []
  for (let tap = 0; tap < taps; tap++) {
    const index = Math.floor((first + tap) / size)
    const place = origin + index * size * dilation
    if (groups.at(-1)?.start !== place)
      groups.push({ start: place, step: dilation, taps: Array.from({ length: size }, () => undefined) })
    groups.at(-1)!.taps[(first + tap) % size] = tap
  }
  return groups
}
