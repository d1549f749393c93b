import { foldMinimum } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generateExtreme } from '../shared/generate-reduction.ts'
import { comparedTypes, prepareExtreme } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

/** REDUCE_MIN, the smallest value over constant axes. */
export const reduceMin: OperatorImplementation<'REDUCE_MIN'> = {
  kind: 'REDUCE_MIN',
  supports: comparedTypes,
  outputShapes: reducedShapes,
  prepare: (context) => prepareExtreme(context, 'highest', foldMinimum),
  divides: true,
  generate: (context, options) => generateExtreme(context, options, 'smallest'),
}
