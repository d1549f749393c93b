import { subFloat32, subInt32, subInt64, subInteger } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { binarySupports, prepareBinary } from '../shared/binary.ts'
import { generateBinary } from '../shared/generate-binary.ts'
import { refusePowerOfTwoScales } from '../shared/power-of-two-scales.ts'
import { pairShapes } from '../shapes/elementwise.ts'

/** SUB with broadcasting and a fused activation. */
export const sub: OperatorImplementation<'SUB'> = {
  kind: 'SUB',
  supports: binarySupports,
  outputShapes: pairShapes,
  prepare(context) {
    refusePowerOfTwoScales(context)
    return prepareBinary(context, {
      float32: subFloat32,
      int32: subInt32,
      int64: subInt64,
      integer: subInteger,
    })
  },
  divides: true,
  generate(context, options) {
    refusePowerOfTwoScales(context)
    return generateBinary(context, 'sub', options)
  },
}
