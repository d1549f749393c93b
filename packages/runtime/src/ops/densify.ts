import type { OperatorImplementation } from '../operator.ts'
import { generateCopy, prepareCopy } from '../shared/bytes.ts'

/** DENSIFY, a copy: sparse constants get their zeros back when a model is compiled. */
export const densify: OperatorImplementation<'DENSIFY'> = {
  kind: 'DENSIFY',
  supports: ['any type'],
  prepare: prepareCopy,
  generate: generateCopy,
  divides: true,
}
