import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { normalizeAxis } from '../../shared/reduction.ts'

/** Neighbouring axes that are all reduced or all kept, as one: its size, and the elements from one position to the next. */
export interface AxisGroup {
  readonly size: number
  readonly step: number
}

/** A reduction as windows of channels; the output is in the order of the kept groups, the channels last. */
export interface ReducedAxes {
  /** Kept groups but for the last one where that is the channels. */
  readonly kept: readonly AxisGroup[]
  /** Reduced groups, from 0 to 2. */
  readonly reduced: readonly AxisGroup[]
  /** Size of the kept group behind all reduced ones; 1 when there is none. */
  readonly channels: number
}

/**
 * Describes a reduction over some axes of a shape.
 *
 * @returns undefined when the reduced axes lie in more than two places.
 * @throws ShapeError for an axis that the shape does not have.
 *
 * @example
 * reducedAxes('MEAN', [2, 7, 7, 64], [1, 2])
 * // { kept: [{ size: 2, step: 3136 }], reduced: [{ size: 49, step: 64 }], channels: 64 }
 */
export function reducedAxes(
  operator: string,
  shape: Shape,
  axes: readonly number[],
): ReducedAxes | undefined {
  const all = new Set(axes.map((axis) => normalizeAxis(operator, shape, axis)))
  const groups: (AxisGroup & { readonly isReduced: boolean })[] = []
  shape.forEach((size, axis) => {
    if (size === 1) return
    const isReduced = all.has(axis)
    const step = elementCount(shape.slice(axis + 1))
    const before = groups.at(-1)
    if (before?.isReduced === isReduced)
      groups[groups.length - 1] = { size: before.size * size, step, isReduced }
    else groups.push({ size, step, isReduced })
  })
  const reduced = groups.filter(({ isReduced }) => isReduced).map(({ size, step }) => ({ size, step }))
  const kept = groups.filter(({ isReduced }) => !isReduced).map(({ size, step }) => ({ size, step }))
  const channels = groups.at(-1)?.isReduced === false ? kept.pop()!.size : 1
  return reduced.length > 2 ? undefined : { kept, reduced, channels }
}
