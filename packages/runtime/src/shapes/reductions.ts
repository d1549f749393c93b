import type { Shape } from '@quantrx/core'
import { normalizeAxis } from '@quantrx/kernels'
import type { OperatorContext } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'
import { constantInteger } from '../shared/parts.ts'
import { constantAxes } from '../shared/reduction.ts'

type ReductionKind =
  'SUM' | 'MEAN' | 'REDUCE_MAX' | 'REDUCE_MIN' | 'REDUCE_PROD' | 'REDUCE_ALL' | 'REDUCE_ANY'

/** The shape of a reduction, its reduced dimensions left out or kept with size 1. */
export function reducedShapes(context: OperatorContext<ReductionKind>): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const reduced = new Set(constantAxes(context).map((axis) => normalizeAxis(context.kind, shape, axis)))
  if (context.options.keepDims) return [shape.map((size, axis) => (reduced.has(axis) ? 1 : size))]
  return [shape.filter((_, axis) => !reduced.has(axis))]
}

/** The shape of the input without the axis that is searched. */
export function argBestShapes(
  context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>,
): readonly Shape[] {
  const { shape } = inputAt(context, 0)
  const searched = normalizeAxis(context.kind, shape, constantInteger(context, inputAt(context, 1)))
  return [shape.filter((_, axis) => axis !== searched)]
}
