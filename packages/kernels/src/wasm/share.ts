/** One of the parts into which the work of an operator is divided, for several threads. */
export interface Share {
  /** From 0 to `count - 1`. */
  readonly index: number
  readonly count: number
}

/** Positions from one to before another. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * What of `total` units belongs to a share: neighbouring spans of nearly the same size, cut at multiples of `multiple`. The
 * last ones may be empty.
 *
 * @example
 * spanOf(100, { index: 1, count: 2 }, 16) // { from: 64, to: 100 }
 */
export function spanOf(total: number, share: Share = { index: 0, count: 1 }, multiple = 1): Span {
  const blocks = Math.ceil(total / multiple)
  const cut = (index: number): number => Math.min(total, Math.ceil((blocks * index) / share.count) * multiple)
  return { from: cut(share.index), to: cut(share.index + 1) }
}
