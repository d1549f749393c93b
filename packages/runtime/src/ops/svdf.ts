import { multiplicand, recurrentActivation, svdfFloat32 } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { realValues } from '../real-values.ts'
import { multiplierOf, realVectorOrZeros, recurrentSupports, shaped, stateOf } from '../recurrent/operands.ts'
import { svdfGeometry } from '../recurrent/svdf-geometry.ts'
import { dataAs, inputAt, outputAt } from '../shared/operands.ts'

/** SVDF: filters over features and time. */
export const svdf: OperatorImplementation<'SVDF'> = {
  kind: 'SVDF',
  supports: recurrentSupports,
  outputShapes(context) {
    const { batches, units } = svdfGeometry(context)
    return [[batches, units]]
  },
  prepare(context) {
    const { options } = context
    const geometry = svdfGeometry(context)
    const { batches, inputs, units, rank, memory } = geometry
    const filters = units * rank
    const [input, output] = [inputAt(context, 0), shaped(context, outputAt(context), [batches, units])]
    const vector = multiplicand(inputs, options.asymmetricQuantizeInputs ? 'asymmetric' : 'symmetric')
    const run = svdfFloat32({
      ...{ geometry, input: vector },
      products: vector.times(multiplierOf(context, inputAt(context, 1), filters, inputs)),
      timeWeights: realValues(shaped(context, inputAt(context, 2), [filters, memory])),
      bias: realVectorOrZeros(context, context.inputs[3], units),
      activate: recurrentActivation(options.fusedActivationFunction),
    })
    const state = stateOf(context, inputAt(context, 4), batches * filters * memory)
    const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
    const remembered = dataAs(context, state, 'float32')
    return () => run(from, remembered, to)
  },
}
