/** REDUCE_ANY of one more truth value, 0 or 1. */
export const foldAny = (folded: number, value: number): number => (folded !== 0 || value !== 0 ? 1 : 0)
