import { bitwiseXor as differ } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** BITWISE_XOR with broadcasting. */
export const bitwiseXor = pairOperator('BITWISE_XOR', {
  int8: differ,
  uint8: differ,
  int16: differ,
  uint16: differ,
  int32: differ,
  uint32: differ,
})
