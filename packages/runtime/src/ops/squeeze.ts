import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'

/** SQUEEZE, a copy; the new shape is that of the output tensor. */
export const squeeze: OperatorImplementation<'SQUEEZE'> = {
  kind: 'SQUEEZE',
  supports: ['any type'],
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
