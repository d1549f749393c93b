/**
 * Sums of products of integers: of 32 bits that wrap around, or of up to 53 bits that are exact, as int16 operators with a
 * 64-bit bias have them.
 */
export type Sums = Int32Array | Float64Array
