/** One of the parts into which the work of an operator is divided, for several threads. */
export interface Share {
  /** Where it begins, in parts: from 0 to `count - 1`. */
  readonly index: number
  /** Of how many equal parts the work consists. */
  readonly count: number
  /** How many parts it has, 1 when left out. */
  readonly parts?: number
}

/** Positions from one to before another. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * What of `total` units belongs to a share: neighbouring spans whose sizes are nearly in proportion, cut at multiples of
 * `multiple`. Some may be empty.
 *
 * @example
 * spanOf(100, { index: 1, count: 2 }, 16) // { from: 64, to: 100 }
 */
export function spanOf(total: number, share: Share = { index: 0, count: 1 }, multiple = 1): Span {
  const cut = (index: number): number =>
    index === share.count
      ? total
      : Math.min(total, Math.round((total * index) / share.count / multiple) * multiple)
  return { from: cut(share.index), to: cut(share.index + (share.parts ?? 1)) }
}
