/** 1 makes a sum of a and b, -1 a difference. Multiplying by it is exact, so both share their kernels. */
export type Sign = 1 | -1
