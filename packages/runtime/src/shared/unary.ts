import { ShapeError, formatShape } from '@quantrx/core'
import { mapStored } from '@quantrx/kernels'
import type { ActivationType, Arithmetic, ScaleAndZeroPoint, StoredFunction } from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { quantizedActivation } from './activation-types.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from './operands.ts'

/** An operator with one input that is being compiled. */
export type UnaryContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs' | 'arithmetic'>

/** How a function of one number runs on float32 and on stored integers. */
export interface UnaryKernels {
  float32(input: Float32Array, output: Float32Array): void
  stored(options: StoredOptions): StoredFunction
}

/** Everything that a function of one stored integer may depend on. */
export interface StoredOptions {
  readonly arithmetic: Arithmetic
  readonly inputType: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly outputType: ActivationType
  readonly output: ScaleAndZeroPoint
}

/** Prepares an operator that computes each output from the input at the same place, both of one type. */
export function prepareUnary(
  context: UnaryContext,
  supports: readonly string[],
  kernels: UnaryKernels,
): Step {
  checkUnary(context, supports)
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== 'float32') return prepareStored(context, supports, (options) => kernels.stored(options))
  const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
  return () => kernels.float32(from, to)
}

/** Prepares a function of one stored integer between two quantized tensors, which may differ in type. */
export function prepareStored(
  context: UnaryContext,
  supports: readonly string[],
  stored: UnaryKernels['stored'],
): Step {
  const options = storedOptions(context, supports)
  const run = mapStored(options.inputType, options.outputType, stored(options))
  const [from, to] = [integerData(context, inputAt(context, 0)), integerData(context, outputAt(context))]
  return () => run(from, to)
}

/**
 * What a function of one stored integer may depend on, from the tensors of an operator.
 *
 * @throws UnsupportedError for types that are not quantized, or tensors without a scale.
 */
export function storedOptions(context: UnaryContext, supports: readonly string[]): StoredOptions {
  const input = quantizedActivation(context, inputAt(context, 0), supports)
  const output = quantizedActivation(context, outputAt(context), supports)
  const { arithmetic } = context
  return { arithmetic, inputType: input.type, input, outputType: output.type, output }
}

/**
 * Checks that input and output are of one type, and of one size.
 *
 * @throws UnsupportedError or ShapeError when they are not.
 */
export function checkUnary(context: UnaryContext, supports: readonly string[]): void {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type || !supports.includes(input.type)) throw unsupportedTypes(context, supports)
  checkElementCount(context)
}

/**
 * Checks that an operator which keeps the number of elements has an output of that size.
 *
 * @throws ShapeError when it has not.
 */
export function checkElementCount(context: Pick<UnaryContext, 'kind' | 'inputs' | 'outputs'>): void {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.data.length === output.data.length) return
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `input shape ${formatShape(input.shape)} and output shape ${formatShape(output.shape)}`,
    expected: 'as many elements in both',
  })
}
