import { activationRange, averagePool2dFloat32, averagePool2dInteger, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generatePooling } from '../shared/generate-pooling.ts'
import { dataAs, inputAt, integerData, outputAt } from '../shared/operands.ts'
import { poolingGeometry, poolingRange, poolingSupports } from '../shared/pooling.ts'
import { poolingOutputShapes } from '../shapes/windows.ts'

/** AVERAGE_POOL_2D over the positions inside the input. */
export const averagePool2d: OperatorImplementation<'AVERAGE_POOL_2D'> = {
  kind: 'AVERAGE_POOL_2D',
  atHand: true,
  supports: poolingSupports,
  outputShapes: poolingOutputShapes,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const geometry = poolingGeometry(context)
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const run = averagePool2dFloat32(geometry, activationRange(context.options.fusedActivationFunction))
      return () => run(from, to)
    }
    const run = averagePool2dInteger(geometry, poolingRange(context))
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  generate: (context, options) =>
    generatePooling(context, options, { float32: wasm.averageFloat32, integer: wasm.averageInteger }),
  divides: true,
}
