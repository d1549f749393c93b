import { divFloat32, divInt32, divInteger } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { prepareBinary } from '../shared/binary.ts'
import { outputAt, unsupportedTypes } from '../shared/operands.ts'
import { pairShapes } from '../shapes/elementwise.ts'

const supports = ['float32', 'int8', 'uint8', 'int32'] as const

/** DIV with broadcasting and a fused activation. */
export const div: OperatorImplementation<'DIV'> = {
  kind: 'DIV',
  supports,
  outputShapes: pairShapes,
  prepare(context) {
    if (!supports.some((type) => type === outputAt(context).type)) throw unsupportedTypes(context, supports)
    return prepareBinary(context, { float32: divFloat32, int32: divInt32, integer: divInteger })
  },
}
