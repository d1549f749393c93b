/**
 * RIGHT_SHIFT of integers of `bits` bits, at most 32: the sign comes after where they have one. Distances are held within 0 and
 * `bits` - 1, as TensorFlow Lite does.
 */
export const rightShift =
  (bits: number): ((value: number, distance: number) => number) =>
  (value, distance) =>
    Math.floor(value / 2 ** Math.max(0, Math.min(bits - 1, distance)))
