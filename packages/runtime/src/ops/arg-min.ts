import type { OperatorImplementation } from '../operator.ts'
import { argBestTypes, prepareArgBest } from '../shared/arg-best.ts'

/** ARG_MIN, the position of the smallest value along a constant axis. */
export const argMin: OperatorImplementation<'ARG_MIN'> = {
  kind: 'ARG_MIN',
  supports: argBestTypes,
  prepare: (context) => prepareArgBest(context, (value, best) => value < best),
}
