import type { NumberArray } from '../../shared/number-array.ts'

/** How many values RANGE gives from `start` to before `limit`. */
export function rangeLength(start: number, limit: number, delta: number): number {
  return Math.max(Math.ceil((limit - start) / delta), 0)
}

/** RANGE: every value is the one before it plus `delta`, rounded as the output array stores it. */
export function rangeValues<Value extends number | bigint>(
  start: Value,
  delta: Value,
  add: (a: Value, b: Value) => Value,
  output: NumberArray<Value>,
): void {
  for (let at = 0; at < output.length; at++) output[at] = at === 0 ? start : add(output[at - 1]!, delta)
}
