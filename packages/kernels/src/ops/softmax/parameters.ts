import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'

/** Rows of an integer softmax and the scale of its input; the input's zero point does not matter. */
export interface SoftmaxIntegerParameters {
  readonly arithmetic: Arithmetic
  /** Elements of the last dimension, over which the outputs sum to 1. */
  readonly depth: number
  readonly beta: number
  /** Needed where it is int16 only. */
  readonly inputType?: ActivationType
  readonly inputScale: number
  /** The output stands for [0, 1): scale 2^-bits of the type, zero point its smallest value. */
  readonly outputType: ActivationType
}
