/** FLOOR_MOD of float32 or int32: the remainder with the sign of the divisor. For integers `x mod 0` gives 0. */
export function floorModNumbers(a: number, b: number): number {
  const remainder = a % b
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder
}

/** FLOOR_MOD of int64. Division by 0, which TensorFlow Lite refuses, gives 0. */
export function floorModInt64(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n
  const remainder = a % b
  return remainder !== 0n && remainder < 0n !== b < 0n ? remainder + b : remainder
}
