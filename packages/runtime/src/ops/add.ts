import { addFloat32, addInt32, addInt64, addInteger } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { binarySupports, prepareBinary } from '../shared/binary.ts'
import { generateBinary } from '../shared/generate-binary.ts'
import { refusePowerOfTwoScales } from '../shared/power-of-two-scales.ts'
import { pairShapes } from '../shapes/elementwise.ts'

/** ADD with broadcasting and a fused activation. */
export const add: OperatorImplementation<'ADD'> = {
  kind: 'ADD',
  supports: binarySupports,
  outputShapes: pairShapes,
  prepare(context) {
    refusePowerOfTwoScales(context)
    return prepareBinary(context, {
      float32: addFloat32,
      int32: addInt32,
      int64: addInt64,
      integer: addInteger,
    })
  },
  divides: true,
  generate(context, options) {
    refusePowerOfTwoScales(context)
    return generateBinary(context, 'add', options)
  },
}
