import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'

/** RESHAPE, a copy; the new shape is that of the output tensor. */
export const reshape: OperatorImplementation<'RESHAPE'> = {
  kind: 'RESHAPE',
  supports: ['any type'],
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
