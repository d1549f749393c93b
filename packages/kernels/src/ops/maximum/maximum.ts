/** MAXIMUM of two numbers, as they are stored. */
export const larger = <Value extends number | bigint>(a: Value, b: Value): Value => (a > b ? a : b)
