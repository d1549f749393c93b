import { UnsupportedError } from '@quantrx/core'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'
import { scaleOf } from './operands.ts'
import type { TensorScale } from './operands.ts'

/** What int16 outputs between -1 and 1 have. */
export const unitInt16: TensorScale = { scale: 1 / 32768, zeroPoint: 0 }

/**
 * Checks the output of an operator whose integer kernel knows one quantization only.
 *
 * @throws UnsupportedError for any other.
 */
export function checkFixedScale(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
  output: RuntimeTensor,
  expected: TensorScale,
): void {
  const found = scaleOf(context, output)
  if (found.scale === expected.scale && found.zeroPoint === expected.zeroPoint) return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${context.kind}, tensor ${output.name}`,
    found: `scale ${found.scale} and zero point ${found.zeroPoint}`,
    expected: `scale ${expected.scale} and zero point ${expected.zeroPoint}`,
  })
}
