import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'
import { reshapedShapes } from '../shapes/given.ts'

/** RESHAPE, a copy; the new shape is that of the output tensor. */
export const reshape: OperatorImplementation<'RESHAPE'> = {
  kind: 'RESHAPE',
  atHand: true,
  supports: ['any type'],
  outputShapes: reshapedShapes,
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
