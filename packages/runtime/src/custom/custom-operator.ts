import type { Shape } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import type { RuntimeTensor, Step } from '../operator.ts'

/** What a custom operator gets to see when it is compiled. */
export interface CustomOperatorContext {
  /** The name that the model calls it by. */
  readonly name: string
  /** Its options as the model stores them, most often a FlexBuffer: see `readFlexBuffer` of `@quantrx/tflite`. */
  readonly options: Uint8Array
  /** In the operator's order; `undefined` stands for an optional input that is left out. */
  readonly inputs: readonly (RuntimeTensor | undefined)[]
  readonly outputs: readonly RuntimeTensor[]
  readonly arithmetic: Arithmetic
}

/**
 * How a custom operator runs.
 *
 * @example
 * const double: CustomOperator = {
 *   prepare({ inputs: [input], outputs: [output] }) {
 *     const [from, to] = [input!.data as Float32Array, output!.data as Float32Array]
 *     return () => from.forEach((value, at) => (to[at] = 2 * value))
 *   },
 * }
 * await compile(model, { customOperators: { Double: double } })
 */
export interface CustomOperator {
  /**
   * Checks types and shapes and returns the step that runs once per inference: it reads the `data` of inputs and writes that
   * of outputs, the same arrays every time. Called again where shapes change.
   */
  prepare(context: CustomOperatorContext): Step
  /** Shapes of the outputs; left out where they are those that the model states. */
  outputShapes?(context: CustomOperatorContext): readonly Shape[]
}

/** Custom operators by the names that models call them by. */
export type CustomOperators = Readonly<Record<string, CustomOperator>>
