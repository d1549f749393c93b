import { exceedsByte, nearestByte, twoBytesHold } from '../byte-excess.ts'

/** Where weights exceed bytes in a convolution by bands: few are multiplied twice. */
export interface BandExcess {
  /** Panels of channels with such weights, in ascending order. */
  readonly panels: readonly number[]
  /** Columns of the window with such weights in any panel. */
  readonly columns: readonly number[]
}

/** The shape of a filter `[1, height, width, channels]`. */
interface FilterShape {
  readonly filterWidth: number
  readonly outputChannels: number
}

/**
 * Finds weights, zero points subtracted, that exceed bytes. Unsigned weights have one zero point for all channels, so it is often
 * a single one: what it exceeds a byte by is then multiplied with the same elements once more, in the panel of its channel only.
 *
 * @returns undefined where not even two bytes hold a weight.
 */
export function bandExcess(
  filter: Int16Array | Float32Array,
  { filterWidth, outputChannels }: FilterShape,
  panelSize: number,
): BandExcess | undefined {
  const [panels, columns] = [new Set<number>(), new Set<number>()]
  for (let at = 0; at < filter.length; at++) {
    if (!exceedsByte(filter[at]!)) continue
    if (!twoBytesHold(filter[at]!)) return undefined
    panels.add(Math.floor((at % outputChannels) / panelSize))
    columns.add(Math.floor(at / outputChannels) % filterWidth)
  }
  const ascending = (numbers: ReadonlySet<number>): readonly number[] => [...numbers].sort((a, b) => a - b)
  return { panels: ascending(panels), columns: ascending(columns) }
}

/** What weights exceed the next bytes by. */
export const beyondBytes = (filter: Int16Array | Float32Array): Int16Array =>
  Int16Array.from(filter, (weight) => weight - nearestByte(weight))
