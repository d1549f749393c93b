import type { OperatorImplementation } from '../operator.ts'
import { argBestTypes, generateArgBest, prepareArgBest } from '../shared/arg-best.ts'
import { argBestShapes } from '../shapes/reductions.ts'

/** ARG_MIN, the position of the smallest value along a constant axis. */
export const argMin: OperatorImplementation<'ARG_MIN'> = {
  kind: 'ARG_MIN',
  supports: argBestTypes,
  outputShapes: argBestShapes,
  prepare: (context) => prepareArgBest(context, (value, best) => value < best),
  divides: true,
  generate: (context, options) => generateArgBest(context, 'smallest', options),
}
