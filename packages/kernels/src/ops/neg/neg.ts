import { mapElements } from '../../shared/elements.ts'

/** NEG of real numbers, and of integers of up to 32 bits, whose smallest stays as it is. */
export const negElements = mapElements((value: number) => -value)

/** NEG of 64-bit integers, whose smallest stays as it is. */
export const negInt64 = mapElements((value: bigint) => -value)
