/** Which elements differ from all before them. */
export interface UniqueElements {
  /** Positions of those that are new, in their order. */
  readonly positions: readonly number[]
  /** For each element, which of the new ones it equals. */
  readonly indices: readonly number[]
}

/** UNIQUE: the different elements of a list, each where it is first met. 0 and -0 are equal. */
export function uniqueElements(input: ArrayLike<number | bigint>): UniqueElements {
  const known = new Map<number | bigint, number>()
  const positions: number[] = []
  const indices = Array.from(input, (value, at) => {
    const before = known.get(value)
    if (before !== undefined) return before
    known.set(value, positions.length)
    return positions.push(at) - 1
  })
  return { positions, indices }
}
