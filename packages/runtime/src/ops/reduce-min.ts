import { foldMinimum } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { comparedTypes, prepareExtreme } from '../shared/reduction.ts'

/** REDUCE_MIN, the smallest value over constant axes. */
export const reduceMin: OperatorImplementation<'REDUCE_MIN'> = {
  kind: 'REDUCE_MIN',
  supports: comparedTypes,
  prepare: (context) => prepareExtreme(context, 'highest', foldMinimum),
}
