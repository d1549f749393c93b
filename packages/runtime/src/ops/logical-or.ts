import { either, wasm } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** LOGICAL_OR with broadcasting. */
export const logicalOr = pairOperator('LOGICAL_OR', { bool: either }, (rows, share) =>
  wasm.logicalPairKernel('or', rows, share),
)
