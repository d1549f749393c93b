import type { wasm } from '@quantrx/kernels'

/** A constant as a file holds it. */
export interface StoredConstant {
  readonly segment: wasm.DataSegment
  /** Code that makes of it what kernels read; left out where it is that already. */
  readonly restore?: wasm.Statement
}
