import { UnsupportedError } from '@quantrx/core'
import type { OperatorContext } from '../operator.ts'
import { outputAt } from './operands.ts'

/**
 * Refuses the old int16 arithmetic of ADD and SUB, which takes scales for powers of two and shifts instead of multiplying.
 *
 * @throws UnsupportedError for int16 with `pot_scale_int16`.
 */
export function refusePowerOfTwoScales(context: OperatorContext<'ADD' | 'SUB'>): void {
  if (outputAt(context).type !== 'int16' || !context.options.potScaleInt16) return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: context.kind,
    found: 'int16 with pot_scale_int16',
    expected: 'int16 with pot_scale_int16 = false',
    nextStep: 'Convert the model again with a newer converter',
  })
}
