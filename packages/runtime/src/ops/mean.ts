import { ShapeError, integerLimits } from '@quantrx/core'
import { meanFloat32, meanInteger, reductionGeometry } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import {
  constantIntegers,
  dataAs,
  inputAt,
  integerData,
  isIntegerType,
  outputAt,
  scaleOf,
  unsupportedTypes,
} from '../shared/operands.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** MEAN over constant axes. */
export const mean: OperatorImplementation<'MEAN'> = {
  kind: 'MEAN',
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const geometry = reductionGeometry('MEAN', input.shape, constantIntegers(context, inputAt(context, 1)))
    if (geometry.outputs !== output.data.length) {
      const expected = `${geometry.outputs} values`
      throw new ShapeError({
        stage: 'runtime',
        subject: 'MEAN',
        found: `${output.data.length} outputs`,
        expected,
      })
    }
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const run = meanFloat32(geometry)
      return () => run(from, to)
    }
    if (
      input.type !== output.type ||
      !isIntegerType(output.type) ||
      !['int8', 'uint8'].includes(output.type)
    ) {
      throw unsupportedTypes(context, supports)
    }
    const { scale: inputScale, zeroPoint: inputZeroPoint } = scaleOf(context, input)
    const { scale: outputScale, zeroPoint: outputZeroPoint } = scaleOf(context, output)
    const run = meanInteger({
      ...{ arithmetic: context.arithmetic, geometry, range: integerLimits[output.type] },
      ...{ inputScale, inputZeroPoint, outputScale, outputZeroPoint },
    })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
}
