/** MINIMUM of two numbers, as they are stored. */
export const smaller = <Value extends number | bigint>(a: Value, b: Value): Value => (a < b ? a : b)
