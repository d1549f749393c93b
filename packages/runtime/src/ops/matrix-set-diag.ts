import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import { matrixSetDiag as setDiagonals } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'

/** MATRIX_SET_DIAG. */
export const matrixSetDiag: OperatorImplementation<'MATRIX_SET_DIAG'> = {
  kind: 'MATRIX_SET_DIAG',
  supports: anyType,
  prepare(context) {
    const [input, diagonal, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (input.type !== output.type || diagonal.type !== output.type) throw unsupportedTypes(context, anyType)
    for (const operand of [input, diagonal]) refuseOtherScale(context, operand, output)
    checkOutputShape(context, output, input.shape)
    checkDiagonal(context)
    const [rows, columns] = input.shape.slice(-2) as [number, number]
    const [from, on, to] = [wordsOf(input), wordsOf(diagonal), wordsOf(output)]
    const run = setDiagonals(rows, columns, from.perElement)
    return () => run(from.words, on.words, to.words)
  },
}

function checkDiagonal(context: OperatorContext<'MATRIX_SET_DIAG'>): void {
  const [{ shape }, diagonal] = [inputAt(context, 0), inputAt(context, 1)]
  const expected = [...shape.slice(0, -2), Math.min(...shape.slice(-2))]
  if (shape.length >= 2 && sameShape(diagonal.shape, expected)) return
  throw new ShapeError({
    stage: 'runtime',
    subject: 'MATRIX_SET_DIAG',
    found: `diagonals ${formatShape(diagonal.shape)} for ${formatShape(shape)}`,
    expected: 'matrices, and a diagonal for each',
  })
}
