import { mulFloat32, mulInt32, mulInt64, mulInteger } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { binarySupports, prepareBinary } from '../shared/binary.ts'
import { generateBinary } from '../shared/generate-binary.ts'
import { pairShapes } from '../shapes/elementwise.ts'

/** MUL with broadcasting and a fused activation. */
export const mul: OperatorImplementation<'MUL'> = {
  kind: 'MUL',
  supports: binarySupports,
  outputShapes: pairShapes,
  prepare(context) {
    return prepareBinary(context, {
      float32: mulFloat32,
      int32: mulInt32,
      int64: mulInt64,
      integer: mulInteger,
    })
  },
  divides: true,
  generate: (context, options) => generateBinary(context, 'mul', options),
}
