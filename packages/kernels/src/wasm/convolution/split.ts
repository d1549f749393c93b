/** Consecutive parts of one size. */
export interface Parts {
  readonly size: number
  readonly count: number
}

/**
 * Divides `total` into as few parts of at most `largest` as possible, all of two neighbouring sizes.
 *
 * @example
 * splitEvenly(32, 6) // [{ size: 6, count: 2 }, { size: 5, count: 4 }]
 */
export function splitEvenly(total: number, largest: number): readonly Parts[] {
  const parts = Math.ceil(total / largest)
  const smaller = Math.floor(total / parts)
  const larger = total - smaller * parts
  return [
    { size: smaller + 1, count: larger },
    { size: smaller, count: parts - larger },
  ].filter(({ count }) => count > 0)
}

/** Most channels that are computed at once. */
export type PanelSize = 4 | 8 | 16 | 24 | 32 | 48

/** Channels of a panel: vectors of four, and how many of their channels exist. */
export interface Panel extends Parts {
  /** Channels that are stored, at most `size`. */
  readonly channels: number
}

/** Channels of panels, by the most of the widest one: narrower ones take what is left. */
const panelSizes: Readonly<Record<Exclude<PanelSize, SingleSize>, readonly number[]>> = {
  24: [24, 8, 4],
  16: [16, 8, 4],
  8: [8, 4],
  4: [4],
}

/** Sizes for a single position: the fewer sums there are, the longer they wait for themselves. */
type SingleSize = 32 | 48

/** Divides channels into panels of at most `largest`, the rest into narrower ones of which the last may be partial. */
export function splitChannels(channels: number, largest: PanelSize): readonly Panel[] {
  if (largest === 32 || largest === 48) return splitForOnePosition(channels, largest)
  const panels: Panel[] = []
  let left = channels
  for (const size of panelSizes[largest]) {
    const count = Math.floor(left / size)
    if (count > 0) panels.push({ size, count, channels: size })
    left -= count * size
    if (left > 4 && left < 8 && size === 8) {
      panels.push({ size, count: 1, channels: left })
      left = 0
    }
  }
  if (left > 0) panels.push({ size: 4, count: 1, channels: left })
  return panels
}

/** All that is left is one panel, which takes hardly longer than a narrow one. */
function splitForOnePosition(channels: number, size: SingleSize): readonly Panel[] {
  const [count, left] = [Math.floor(channels / size), channels % size]
  return [
    { size, count, channels: size },
    { size: Math.ceil(left / 4) * 4, count: left > 0 ? 1 : 0, channels: left },
  ].filter((panel) => panel.count > 0)
}
