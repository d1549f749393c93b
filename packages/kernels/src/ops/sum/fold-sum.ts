/** SUM of one more value; the output array rounds or wraps. */
export const foldSum = {
  float32: (folded: number, value: number): number => folded + value,
  int32: (folded: number, value: number): number => folded + value,
  int64: (folded: bigint, value: bigint): bigint => folded + value,
} as const
