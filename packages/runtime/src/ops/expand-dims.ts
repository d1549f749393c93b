import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'

/** EXPAND_DIMS, a copy; the new shape is that of the output tensor. */
export const expandDims: OperatorImplementation<'EXPAND_DIMS'> = {
  kind: 'EXPAND_DIMS',
  supports: ['any type'],
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
