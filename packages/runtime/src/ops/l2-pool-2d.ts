import { activationRange, l2Pool2dFloat32 } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, outputAt } from '../shared/operands.ts'
import { poolingGeometry } from '../shared/pooling.ts'
import { poolingOutputShapes } from '../shapes/windows.ts'

/** L2_POOL_2D over the positions inside the input. */
export const l2Pool2d: OperatorImplementation<'L2_POOL_2D'> = {
  kind: 'L2_POOL_2D',
  supports: ['float32'],
  outputShapes: poolingOutputShapes,
  prepare(context) {
    const from = dataAs(context, inputAt(context, 0), 'float32')
    const to = dataAs(context, outputAt(context), 'float32')
    const range = activationRange(context.options.fusedActivationFunction)
    const run = l2Pool2dFloat32(poolingGeometry(context), range)
    return () => run(from, to)
  },
}
