import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'
import { squeezedShapes } from '../shapes/given.ts'

/** SQUEEZE, a copy; the new shape is that of the output tensor. */
export const squeeze: OperatorImplementation<'SQUEEZE'> = {
  kind: 'SQUEEZE',
  atHand: true,
  supports: ['any type'],
  outputShapes: squeezedShapes,
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
