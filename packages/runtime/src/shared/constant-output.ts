import type { OperatorContext, Step } from '../operator.ts'
import { indicesOf, numbersOf } from './numbers.ts'
import { outputAt } from './operands.ts'

/**
 * Prepares an operator whose int32 or int64 output is known before it runs.
 *
 * @throws UnsupportedError for an output of another type.
 */
export function prepareConstant(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
  values: readonly number[],
): Step {
  const output = outputAt(context)
  indicesOf(context, output)
  const convert = output.type === 'int64' ? BigInt : Number
  const to = numbersOf<number | bigint>(output)
  return () => values.forEach((value, at) => (to[at] = convert(value)))
}
