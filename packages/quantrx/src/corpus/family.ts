import type { Shape } from '@quantrx/core'
import type { CustomOperator } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'

/** A kind of model that people have, and what is known of it. */
export interface Family {
  readonly name: string
  readonly model: () => Model
  /** Which part of it is calibrated and run. */
  readonly signature?: string
  /** Shapes of samples where the file leaves sizes open. */
  readonly inputShapes?: readonly Shape[]
  readonly customOperators?: Readonly<Record<string, CustomOperator>>
  /** Integer inputs count from 0 to below this. */
  readonly vocabulary?: number
  /** Kinds that stay float in int8, sorted. */
  readonly float: readonly string[]
  /** False where LiteRT lacks an operator. */
  readonly inLiteRt?: boolean
  /** True where outputs jump with the smallest change of their inputs, as those that choose do. */
  readonly chooses?: boolean
}
