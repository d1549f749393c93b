import { argBest, normalizeAxis } from '@quantrx/kernels'
import type { Better } from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { checkOutputShape } from './element-walk.ts'
import { indicesOf, numbersOf } from './numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { constantInteger } from './parts.ts'
import { comparedTypes } from './reduction.ts'

/** Type combinations of ARG_MAX and ARG_MIN. */
export const argBestTypes = [`${comparedTypes.join(', ')} to int32 or int64`] as const

/** Prepares ARG_MAX or ARG_MIN along a constant axis. */
export function prepareArgBest(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
  better: Better,
): Step {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (!comparedTypes.some((type) => type === input.type)) throw unsupportedTypes(context, argBestTypes)
  const axis = normalizeAxis(context.kind, input.shape, constantInteger(context, inputAt(context, 1)))
  checkOutputShape(
    context,
    output,
    input.shape.filter((_, at) => at !== axis),
  )
  indicesOf(context, output)
  const run = argBest(input.shape, axis, better)
  const from = numbersOf<number>(input)
  if (output.type === 'int64') {
    const to = numbersOf<bigint>(output)
    return () => run(from, (at, position) => (to[at] = BigInt(position)))
  }
  const to = numbersOf<number>(output)
  return () => run(from, (at, position) => (to[at] = position))
}
