import type { Expression } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { EmitQuad } from '../math/fixed-point.ts'

/** How the exponentials of a row become its outputs. */
export interface SoftmaxRows {
  /** The exponential of each difference from the largest element of a row, 0 to 255. */
  readonly exponentials: Int32Array | Float32Array
  begin(f: FunctionBuilder, row: RowScratch): RowStages
}

/** Where the exponentials of a row are gathered, in their order. */
export interface RowScratch {
  readonly depth: number
  /** Address of four bytes for each element; up to the next multiple of 16 elements they may be read but not relied upon. */
  readonly scratch: number
}

/** The code for a row, in stages. */
export interface RowStages {
  /** Before its elements. */
  start(): void
  /** Moves the exponential of an element, `table` bytes behind an address, to `offset` bytes behind another. */
  take(entry: Expression<'i32'>, table: number, target: Expression<'i32'>, offset: number): void
  /** After its elements: what all outputs need. */
  complete(): void
  /** Replaces four exponentials by their outputs, as int32 above the lowest value of the type. */
  readonly quotient: EmitQuad
}
