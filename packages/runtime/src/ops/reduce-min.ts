import { foldMinimum } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { comparedTypes, prepareExtreme } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

/** REDUCE_MIN, the smallest value over constant axes. */
export const reduceMin: OperatorImplementation<'REDUCE_MIN'> = {
  kind: 'REDUCE_MIN',
  supports: comparedTypes,
  outputShapes: reducedShapes,
  prepare: (context) => prepareExtreme(context, 'highest', foldMinimum),
}
