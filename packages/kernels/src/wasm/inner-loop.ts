import { operation } from './assembler/expression.ts'
import type { Expression } from './assembler/expression.ts'

type Vector = Expression<'v128'>

/** How products are summed: four channels of one output position at a time. */
export interface InnerLoop {
  readonly name: string
  /** Consecutive input elements in the four bytes that one step takes. */
  readonly elementsPerStep: 1 | 2 | 4
  /** Most positions of a tile of eight channels whose sums stay in the 15 registers of x86-64 that V8 leaves. */
  readonly largestTile: number
  /** Fewest positions of such a tile that keep the multipliers busy; fewer take as long, because sums wait for themselves. */
  readonly busyTile: number
  /** Channels of a panel at a single position: as many sums as keep the multipliers busy, since each waits for itself. */
  readonly widestPanel: 32 | 48
  /** Sums of at most so many steps are written out; longer ones run in loops. */
  readonly unrolledSteps: number
  /** Most steps in a turn of such a loop: V8 of Node 20 compiles loops of one step best. */
  readonly stepsOfLoop: number
  /**
   * The sums of four channels after one more step.
   *
   * @param input the step's four bytes of input, four times.
   * @param weights the step's elements for each of the four channels in turn.
   */
  accumulate(sums: Vector, input: Vector, weights: Vector): Vector
}

/** Baseline SIMD128, on every engine and processor: both operands widened to int16, sums in int32. */
export const i16: InnerLoop = {
  name: 'i16',
  elementsPerStep: 2,
  largestTile: 4,
  busyTile: 1,
  widestPanel: 32,
  unrolledSteps: 4,
  stepsOfLoop: 1,
  accumulate: (sums, input, weights) =>
    operation('i32x4.add', sums, operation('i32x4.dot_i16x8_s', input, weights)),
}

/** Relaxed SIMD on bytes, unsigned inputs and signed weights; only where a probe has shown that it is exact. */
export const usdot: InnerLoop = {
  name: 'usdot',
  elementsPerStep: 4,
  largestTile: 6,
  busyTile: 5.5,
  widestPanel: 48,
  unrolledSteps: 16,
  stepsOfLoop: 12,
  accumulate: (sums, input, weights) =>
    operation('i32x4.relaxed_dot_i8x16_i7x16_add_s', weights, input, sums),
}

/** Float32, product and sum rounded each, in ascending order of the input: the bits of the scalar reference. */
export const float32Loop: InnerLoop = {
  name: 'float32',
  elementsPerStep: 1,
  largestTile: 4,
  busyTile: 2,
  widestPanel: 32,
  unrolledSteps: 4,
  stepsOfLoop: 1,
  accumulate: (sums, input, weights) => operation('f32x4.add', sums, operation('f32x4.mul', input, weights)),
}

/** Float32 with products that may be rounded or not, whichever is faster: where bits do not matter. */
export const float32Fused: InnerLoop = {
  name: 'float32-fused',
  elementsPerStep: 1,
  largestTile: 6,
  busyTile: 4,
  widestPanel: 32,
  unrolledSteps: 4,
  stepsOfLoop: 1,
  accumulate: (sums, input, weights) => operation('f32x4.relaxed_madd', input, weights, sums),
}
