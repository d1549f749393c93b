/** REDUCE_MIN of one more value; NaN is passed over, as TensorFlow Lite does. */
export const foldMinimum = <Value extends number | bigint>(folded: Value, value: Value): Value =>
  value < folded ? value : folded
