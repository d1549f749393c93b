/** REDUCE_ALL of one more truth value, 0 or 1. */
export const foldAll = (folded: number, value: number): number => (folded !== 0 && value !== 0 ? 1 : 0)
