import { ShapeError, formatShape } from '@quantrx/core'
import type { OperatorContext } from '../operator.ts'
import { constantIntegers, inputAt } from './operands.ts'

/** What is added to, or cut off, the two ends of several dimensions. */
export interface Amounts {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/**
 * The constant amounts of an operand of shape `[dimensions, 2]`, such as paddings and crops.
 *
 * @param at Position of the operand.
 * @throws UnsupportedError when it is computed at run time.
 * @throws ShapeError when there are not two amounts of 0 or more for each of `dimensions` dimensions.
 */
export function constantAmounts(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
  at: number,
  dimensions: number,
): Amounts {
  const amounts = constantIntegers(context, inputAt(context, at))
  const end = (side: 0 | 1): readonly number[] => amounts.filter((_, index) => index % 2 === side)
  if (amounts.length === 2 * dimensions && amounts.every((amount) => amount >= 0))
    return { before: end(0), after: end(1) }
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `amounts ${formatShape(amounts)} for ${dimensions} dimensions`,
    expected: 'two of 0 or more for each',
  })
}
