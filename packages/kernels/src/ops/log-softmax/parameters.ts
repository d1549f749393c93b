import type { Arithmetic } from '../../arithmetic/arithmetic.ts'

/** Rows of an integer LOG_SOFTMAX and the scale of its input; the input's zero point does not matter. */
export interface LogSoftmaxIntegerParameters {
  readonly arithmetic: Arithmetic
  /** Elements of the last dimension. */
  readonly depth: number
  readonly inputScale: number
  /** The output stands for (-16, 0]: scale 1/16, zero point the largest value of the type. */
  readonly type: 'int8' | 'uint8'
}

/** Scale of every integer output. */
export const logSoftmaxOutputScale = 1 / 16
