import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Window } from './window.ts'

/**
 * What makes one output element of a window of input elements of the same type, in three stages: what a function needs once,
 * what all windows of one size share, and the code for one window of as many channels as a vector holds.
 */
export interface WindowReduction {
  readonly type: 'int8' | 'uint8' | 'int16' | 'float32'
  /** Most elements of a window, where there is a limit. */
  readonly largestCount?: number
  /** The last stage is given the address of the first element and leaves the results of all channels in a variable. */
  begin(f: FunctionBuilder): (window: Window) => (from: Local<'i32'>) => Local<'v128'>
}

/** Bytes of an element of a reduction. */
export const elementBytes = { int8: 1, uint8: 1, int16: 2, float32: 4 } as const
