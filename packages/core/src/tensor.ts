import type { DataType, TensorData } from './data-type.ts'

/** Sizes of the dimensions, outermost first; images are `[batch, height, width, channels]`. Empty for a scalar. */
export type Shape = readonly number[]

/** A shaped array of one data type, row-major. */
export interface TensorOf<Type extends DataType> {
  readonly type: Type
  readonly shape: Shape
  readonly data: TensorData<Type>
}

/** A shaped array; `type` tells which typed array `data` is. */
export type Tensor = { readonly [Type in DataType]: TensorOf<Type> }[DataType]

/**
 * Number of elements of a shape; 1 for a scalar.
 *
 * @example
 * elementCount([2, 3, 4]) // 24
 */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** True when both shapes have the same dimensions in the same order. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis])
}

/** A shape as people write it: `[1, 32, 32, 3]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}
