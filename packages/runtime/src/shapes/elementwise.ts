import type { Shape } from '@quantrx/core'
import { broadcastShape } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'

/** The shape to which the first two inputs broadcast. */
export function pairShapes(context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>): readonly Shape[] {
  return [broadcastShape(inputAt(context, 0).shape, inputAt(context, 1).shape)]
}
