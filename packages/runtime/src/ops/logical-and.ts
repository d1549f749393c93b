import { both, wasm } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** LOGICAL_AND with broadcasting. */
export const logicalAnd = pairOperator('LOGICAL_AND', { bool: both }, (rows, share) =>
  wasm.logicalPairKernel('and', rows, share),
)
