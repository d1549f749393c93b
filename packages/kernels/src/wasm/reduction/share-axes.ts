import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import type { ReducedAxes } from './reduced-axes.ts'

/** The part of the outputs of a reduction that is one of several shares, and where it starts, in elements. */
export interface AxesPart extends Pick<ReducedAxes, 'kept' | 'channels'> {
  readonly inputAt: number
  readonly outputAt: number
}

/**
 * The share of a reduction: some positions of its outermost kept group, or some of the channels where there is no other.
 *
 * @param multiple at how many channels shares may be cut.
 *
 * @example
 * shareOfAxes(reducedAxes('MEAN', [4, 7, 64], [1])!, 16, { index: 1, count: 2 })
 * // { kept: [{ size: 2, step: 448 }], channels: 64, inputAt: 896, outputAt: 128 }
 */
export function shareOfAxes({ kept, channels }: ReducedAxes, multiple: number, share?: Share): AxesPart {
  const [outer, ...inner] = kept
  if (outer === undefined) {
    const { from, to } = spanOf(channels, share, multiple)
    return { kept, channels: to - from, inputAt: from, outputAt: from }
  }
  const { from, to } = spanOf(outer.size, share)
  return {
    kept: [{ ...outer, size: to - from }, ...inner],
    channels,
    inputAt: from * outer.step,
    outputAt: inner.reduce((outputs, { size }) => outputs * size, channels) * from,
  }
}
