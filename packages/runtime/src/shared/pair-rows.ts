import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import { broadcastRows } from '@quantrx/kernels'
import type { BroadcastRows } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'

/**
 * How the two inputs of an operator are walked together.
 *
 * @throws ShapeError when the output has not the shape to which the inputs broadcast.
 */
export function pairRows(context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>): BroadcastRows {
  const { shape } = outputAt(context)
  const rows = broadcastRows(inputAt(context, 0).shape, inputAt(context, 1).shape)
  if (sameShape(rows.shape, shape)) return rows
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `output shape ${formatShape(shape)}`,
    expected: `${formatShape(rows.shape)}, as the inputs broadcast`,
  })
}
