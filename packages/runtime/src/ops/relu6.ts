import { activationRange, activationRescale, relu6Float32, relu6Stored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generateUnary, rescaledShorts } from '../shared/generate-unary.ts'
import { prepareUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

/** RELU6, which rescales from input to output. */
export const relu6: OperatorImplementation<'RELU6'> = {
  kind: 'RELU6',
  supports,
  prepare: (context) => prepareUnary(context, supports, { float32: relu6Float32, stored: relu6Stored }),
  divides: true,
  generate: (context, options) =>
    generateUnary(context, options, supports, {
      float32: (elements, share) => wasm.clampFloat32Kernel(activationRange('RELU6'), elements, share),
      stored: relu6Stored,
      shorts: rescaledShorts((stored) => activationRescale(activationRange('RELU6'), stored)),
    }),
}
