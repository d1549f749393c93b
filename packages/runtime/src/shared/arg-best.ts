import { argBest, normalizeAxis, wasm } from '@quantrx/kernels'
import type { Better } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext, Step } from '../operator.ts'
import { checkOutputShape } from './element-walk.ts'
import { indicesOf, numbersOf } from './numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { constantInteger } from './parts.ts'
import { comparedTypes } from './reduction.ts'

/** Type combinations of ARG_MAX and ARG_MIN. */
export const argBestTypes = [`${comparedTypes.join(', ')} to int32 or int64`] as const

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** Prepares ARG_MAX or ARG_MIN along a constant axis. */
export function prepareArgBest(context: AnyContext, better: Better): Step {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const run = argBest(input.shape, searchedAxis(context), better)
  const from = numbersOf<number>(input)
  if (output.type === 'int64') {
    const to = numbersOf<bigint>(output)
    return () => run(from, (at, position) => (to[at] = BigInt(position)))
  }
  const to = numbersOf<number>(output)
  return () => run(from, (at, position) => (to[at] = position))
}

/** ARG_MAX or ARG_MIN as WebAssembly, but for integers of more than 8 bits. */
export function generateArgBest(
  context: AnyContext,
  which: 'largest' | 'smallest',
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const axis = searchedAxis(context)
  const { shape, type } = input
  if (type !== 'float32' && type !== 'int8' && type !== 'uint8') return undefined
  const outputType = output.type === 'int64' ? 'int64' : 'int32'
  const kernel = wasm.argBestKernel({ shape, axis, which, type, outputType }, share)
  return kernel && { kernel, inputs: [input], output }
}

/**
 * The constant axis that is searched, from 0 to rank - 1.
 *
 * @throws UnsupportedError for types that are not compared, or outputs that hold no positions.
 * @throws ShapeError for an axis that the input does not have, or another shape of the output.
 */
function searchedAxis(context: AnyContext): number {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (!comparedTypes.some((type) => type === input.type)) throw unsupportedTypes(context, argBestTypes)
  const axis = normalizeAxis(context.kind, input.shape, constantInteger(context, inputAt(context, 1)))
  checkOutputShape(
    context,
    output,
    input.shape.filter((_, at) => at !== axis),
  )
  indicesOf(context, output)
  return axis
}
