import type { QuantizationParameters } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'

/** A quantized tensor of a candidate. */
export interface ParameterEntry extends QuantizationParameters {
  readonly subgraph: number
  /** Index of the tensor in the new model. */
  readonly index: number
  readonly name: string
  /** Type as the file names it, such as `INT8`. */
  readonly type: string
}

/** An operator that stayed float. */
export interface FloatOperator {
  readonly subgraph: number
  /** Position of the operator in the source model. */
  readonly index: number
  readonly kind: string
  readonly reason: string
}

/** One quantized model, and how it came about. */
export interface Candidate<Strategy extends string = string> {
  readonly kind: 'candidate'
  readonly strategy: Strategy
  readonly scheme: string
  readonly observer: string
  /** Number of samples of the calibration. */
  readonly samples: number
  /** The float model. */
  readonly source: Model
  readonly model: Model
  readonly parameters: readonly ParameterEntry[]
  readonly floatOperators: readonly FloatOperator[]
}
