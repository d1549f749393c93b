import { floorModInt64, floorModNumbers } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** FLOOR_MOD with broadcasting. */
export const floorMod = pairOperator('FLOOR_MOD', {
  float32: floorModNumbers,
  int32: floorModNumbers,
  int64: floorModInt64,
})
