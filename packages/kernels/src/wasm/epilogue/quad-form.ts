import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** One way to turn the sums of four channels into stored integers, with the parameters of a layer. */
export interface QuadForm {
  /** Vectors of parameters for each four channels; the first is what sums start with. */
  readonly vectorsPerQuad: number
  /**
   * Parameters of the channels from `quad * 4` on, zeros where channels end; undefined where this form is not exact for them
   * all.
   */
  parametersOf(quad: number): Int32Array | undefined
  /**
   * For each of four channels, by which power of two, from 1 to 8, its outputs are left too large, less half of that power.
   * Without it, they are not.
   */
  readonly shiftsOf?: (quad: number) => readonly number[]
  /** Makes what tiles share, once for a function. */
  begin(f: FunctionBuilder): EmitQuad
}

/**
 * Writes the code that replaces sums, each of one position and the same four channels, by their outputs as int32: zero
 * point added, what leaves the range anything beyond it.
 *
 * @param parameters address of the parameters of the four channels, `offset` bytes before it.
 */
export type EmitQuad = (sums: readonly Local<'v128'>[], parameters: Local<'i32'>, offset: number) => void
