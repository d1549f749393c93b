import { foldMaximum } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generateExtreme } from '../shared/generate-reduction.ts'
import { comparedTypes, prepareExtreme } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

/** REDUCE_MAX, the largest value over constant axes. */
export const reduceMax: OperatorImplementation<'REDUCE_MAX'> = {
  kind: 'REDUCE_MAX',
  supports: comparedTypes,
  outputShapes: reducedShapes,
  prepare: (context) => prepareExtreme(context, 'lowest', foldMaximum),
  divides: true,
  generate: (context, options) => generateExtreme(context, options, 'largest'),
}
