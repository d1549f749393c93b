import type { OperatorImplementation } from '../operator.ts'
import { recurrentSupports } from '../recurrent/operands.ts'
import { prepareSvdfFloat32, prepareSvdfInteger } from '../recurrent/prepare-svdf.ts'
import { svdfGeometry } from '../recurrent/svdf-geometry.ts'
import { inputAt } from '../shared/operands.ts'

/** SVDF: filters over features and time. */
export const svdf: OperatorImplementation<'SVDF'> = {
  kind: 'SVDF',
  supports: [...recurrentSupports, 'int8 with int16 states'],
  outputShapes(context) {
    const { batches, units } = svdfGeometry(context)
    return [[batches, units]]
  },
  prepare: (context) =>
    inputAt(context, 0).type === 'int8' ? prepareSvdfInteger(context) : prepareSvdfFloat32(context),
  observe(context) {
    const state = inputAt(context, 4)
    return state.type === 'float32' ? { step: prepareSvdfFloat32(context), internals: [state] } : undefined
  },
}
