import { rightShift as shiftWithin } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** RIGHT_SHIFT with broadcasting. */
export const rightShift = pairOperator('RIGHT_SHIFT', {
  int8: shiftWithin(8),
  uint8: shiftWithin(8),
  int16: shiftWithin(16),
  uint16: shiftWithin(16),
  int32: shiftWithin(32),
  uint32: shiftWithin(32),
})
