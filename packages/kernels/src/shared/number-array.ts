/** A typed array of numbers, or of 64-bit integers; operators that compare and move values do not care which. */
export interface NumberArray<Value extends number | bigint> {
  readonly length: number
  [index: number]: Value
  fill(value: Value, start?: number, end?: number): unknown
}
