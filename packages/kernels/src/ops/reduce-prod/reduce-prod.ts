/** REDUCE_PROD of one more real number or 64-bit integer; the output array rounds or wraps. */
export const foldProduct = {
  float32: (folded: number, value: number): number => folded * value,
  int32: (folded: number, value: number): number => Math.imul(folded, value),
  int64: (folded: bigint, value: bigint): bigint => folded * value,
} as const
