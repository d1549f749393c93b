import { tanhFloat32, tanhStored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generateUnary } from '../shared/generate-unary.ts'
import { prepareUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** TANH, for integers by a table of its 256 values. */
export const tanh: OperatorImplementation<'TANH'> = {
  kind: 'TANH',
  supports,
  prepare: (context) => prepareUnary(context, supports, { float32: tanhFloat32, stored: tanhStored }),
  divides: true,
  generate: (context, options) =>
    generateUnary(context, options, supports, {
      float32: wasm.tanhKernel,
      stored: tanhStored,
    }),
}
