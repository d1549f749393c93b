import type { OperatorImplementation } from '../operator.ts'
import { argBestTypes, generateArgBest, prepareArgBest } from '../shared/arg-best.ts'
import { argBestShapes } from '../shapes/reductions.ts'

/** ARG_MAX, the position of the largest value along a constant axis. */
export const argMax: OperatorImplementation<'ARG_MAX'> = {
  kind: 'ARG_MAX',
  supports: argBestTypes,
  outputShapes: argBestShapes,
  prepare: (context) => prepareArgBest(context, (value, best) => value > best),
  divides: true,
  generate: (context, options) => generateArgBest(context, 'largest', options),
}
