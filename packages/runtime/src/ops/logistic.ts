import { logisticFloat32, logisticStored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generateUnary } from '../shared/generate-unary.ts'
import { prepareUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** LOGISTIC, for integers by a table of its 256 values. */
export const logistic: OperatorImplementation<'LOGISTIC'> = {
  kind: 'LOGISTIC',
  supports,
  prepare: (context) => prepareUnary(context, supports, { float32: logisticFloat32, stored: logisticStored }),
  divides: true,
  generate: (context, options) =>
    generateUnary(context, options, supports, {
      float32: wasm.logisticKernel,
      stored: logisticStored,
    }),
}
