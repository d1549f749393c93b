import { activationRange, meanFloat32, meanInteger, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { generateReduction } from '../shared/generate-reduction.ts'
import { dataAs, inputAt, integerData, outputAt } from '../shared/operands.ts'
import { constantReduction, quantizedReduction } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

/** MEAN over constant axes. */
export const mean: OperatorImplementation<'MEAN'> = {
  kind: 'MEAN',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const geometry = constantReduction(context)
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const run = meanFloat32(geometry)
      return () => run(from, to)
    }
    const run = meanInteger({ ...quantizedReduction(context, supports), geometry })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  divides: true,
  generate: (context, options) => generateReduction(context, options, () => meanReduction(context)),
}

type MeanContext = OperatorContext<'MEAN'>

function meanReduction(context: MeanContext): wasm.WindowReduction {
  if (inputAt(context, 0).type === 'float32') {
    dataAs(context, outputAt(context), 'float32')
    return wasm.averageFloat32(activationRange('NONE'))
  }
  return wasm.meanIntegerReduction(quantizedReduction(context, supports))
}
