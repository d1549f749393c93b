import type { Elements } from './elements.ts'

/** A typed array of numbers, or of 64-bit integers, that can be filled with one of them. */
export interface NumberArray<Value extends number | bigint> extends Elements<Value> {
  fill(value: Value, start?: number, end?: number): unknown
}
