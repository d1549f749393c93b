import type { Range } from './observer.ts'
import type { Tensor } from './tensor.ts'

/** What a metric may ask for beyond the model's input and output. */
export type MetricNeed = 'label' | 'reference'

/** The tensor before the model's final SOFTMAX, or its first output where there is none, as real numbers. */
export interface Logits {
  readonly values: Float32Array
  /** The same of the float model. */
  readonly reference?: Float32Array
  /** What the tensor can represent, where it is an integer one. */
  readonly range?: Range
}

/** One evaluated sample. Outputs are real numbers: integer outputs are dequantized first. */
export interface Evaluation {
  readonly input: readonly Tensor[]
  /** One array per model output; valid only during the call. */
  readonly output: readonly Float32Array[]
  readonly label?: number
  /** Outputs of the float model for the same sample; valid only during the call. */
  readonly reference?: readonly Float32Array[]
  /** Valid only during the call. */
  readonly logits?: Logits
}

/**
 * Condenses the evaluated samples of one model to one result. The same four functions as an observer, over
 * {@link Evaluation}s: state is plain data, `update` alters it in place, `merge` returns a new one.
 */
export interface Metric<State = unknown, Result = unknown, Name extends string = string> {
  /** Key of the result in a report, in camelCase. */
  readonly name: Name
  /** What each evaluation must carry; a source that lacks it is refused before the model runs. */
  readonly needs: readonly MetricNeed[]
  init(): State
  update(state: State, evaluation: Evaluation): void
  merge(a: State, b: State): State
  finish(state: State): Result
}
