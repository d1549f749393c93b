/** BITWISE_XOR of integers of at most 32 bits; storing it gives the sign, or takes it away. */
export const bitwiseXor = (a: number, b: number): number => a ^ b
