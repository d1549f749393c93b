import { reluN1To1Float32, reluN1To1Stored } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** RELU_N1_TO_1, which rescales from input to output. */
export const reluN1To1 = mapOperator('RELU_N1_TO_1', ['float32', 'int8', 'uint8'], () => ({
  float32: reluN1To1Float32,
  stored: reluN1To1Stored,
}))
