import { activationRange, maxPool2d as maxPool2dKernel, wasm } from '@quantrx/kernels'
import type { IntegerArray } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generatePooling } from '../shared/generate-pooling.ts'
import { dataAs, inputAt, integerData, outputAt } from '../shared/operands.ts'
import { poolingGeometry, poolingRange, poolingSupports } from '../shared/pooling.ts'
import { poolingOutputShapes } from '../shapes/windows.ts'

/** MAX_POOL_2D over the positions inside the input. */
export const maxPool2d: OperatorImplementation<'MAX_POOL_2D'> = {
  kind: 'MAX_POOL_2D',
  atHand: true,
  supports: poolingSupports,
  outputShapes: poolingOutputShapes,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const geometry = poolingGeometry(context)
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const range = activationRange(context.options.fusedActivationFunction)
      const run = maxPool2dKernel<Float32Array>(geometry, range, -Infinity)
      return () => run(from, to)
    }
    const range = poolingRange(context)
    const run = maxPool2dKernel<IntegerArray>(geometry, range, range.min)
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  generate: (context, options) =>
    generatePooling(context, options, { float32: wasm.maxFloat32, integer: wasm.maxInteger }),
  divides: true,
}
