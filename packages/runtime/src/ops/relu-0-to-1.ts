import { relu0To1Float32, relu0To1Stored } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** RELU_0_TO_1, which rescales from input to output. */
export const relu0To1 = mapOperator('RELU_0_TO_1', ['float32', 'int8', 'uint8'], () => ({
  float32: relu0To1Float32,
  stored: relu0To1Stored,
}))
