import { ShapeError } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { matrixDiag as diagonals } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { numbersOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** MATRIX_DIAG; what is not on the diagonal is 0 as stored, whatever the zero point, as in TensorFlow Lite. */
export const matrixDiag: OperatorImplementation<'MATRIX_DIAG'> = {
  kind: 'MATRIX_DIAG',
  supports,
  outputShapes: (context) => [matricesShape(context)],
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const { type, shape } = input
    if (output.type !== type || !supports.some((each) => each === type))
      throw unsupportedTypes(context, supports)
    checkOutputShape(context, output, matricesShape(context))
    const size = shape.at(-1)!
    if (type === 'int64') {
      const run = diagonals<bigint>(size, 0n)
      const [from, to] = [numbersOf<bigint>(input), numbersOf<bigint>(output)]
      return () => run(from, to)
    }
    const run = diagonals<number>(size, 0)
    const [from, to] = [numbersOf<number>(input), numbersOf<number>(output)]
    return () => run(from, to)
  },
}

function matricesShape(context: OperatorContext<'MATRIX_DIAG'>): Shape {
  const { shape } = inputAt(context, 0)
  if (shape.length > 0) return [...shape, shape.at(-1)!]
  throw new ShapeError({
    stage: 'runtime',
    subject: 'MATRIX_DIAG',
    found: 'a single value',
    expected: 'rows',
  })
}
