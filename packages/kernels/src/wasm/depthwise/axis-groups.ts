/** Neighbouring elements of one axis that stand in one vector, and which of them are taps of a window. */
export interface AxisGroup {
  /** Element at which the group starts. */
  readonly start: number
  /** Elements from one place in the vector to the next. */
  readonly step: number
  /** The tap at each place. */
  readonly taps: readonly (number | undefined)[]
}

/** Taps of a window along one axis. */
export interface AxisWindow {
  readonly taps: number
  readonly dilation: number
  /** Element of the first tap. */
  readonly start: number
}

/**
 * Divides the taps of a window along one axis into groups of `size` places. The groups of windows that are not dilated are
 * the same for all of them: where they lie depends on the elements, not on the window.
 *
 * @param shift places of the first group that are left empty in front of element 0.
 *
 * @example
 * axisGroups({ taps: 3, dilation: 1, start: 0 }, 2, 1) // tap 0 behind an empty place; taps 1 and 2
 * axisGroups({ taps: 3, dilation: 1, start: 1 }, 2, 1) // taps 0 and 1, in the same place; tap 2
 */
export function axisGroups(
  { taps, dilation, start }: AxisWindow,
  size: number,
  shift: number,
): readonly AxisGroup[] {
  const first = shift + (dilation === 1 ? start : 0)
  const origin = dilation === 1 ? -shift : start - shift * dilation
  const groups: { start: number; step: number; taps: (number | undefined)[] }[] = []
  for (let tap = 0; tap < taps; tap++) {
    const [group, place] = [Math.floor((first + tap) / size), (first + tap) % size]
    const at = origin + group * size * dilation
    if (groups.at(-1)?.start !== at)
      groups.push({ start: at, step: dilation, taps: Array.from({ length: size }, () => undefined) })
    groups.at(-1)!.taps[place] = tap
  }
  return groups
}
