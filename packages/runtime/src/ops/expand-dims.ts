import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'
import { expandedShapes } from '../shapes/given.ts'

/** EXPAND_DIMS, a copy; the new shape is that of the output tensor. */
export const expandDims: OperatorImplementation<'EXPAND_DIMS'> = {
  kind: 'EXPAND_DIMS',
  supports: ['any type'],
  outputShapes: expandedShapes,
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
