import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { indexTuples, sparseToDense as putValues } from '@quantrx/kernels'
import type { IndexTuples } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { indicesOf, numbersOf } from '../shared/numbers.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { refuseOtherScale } from '../shared/same-scale.ts'
import { shapeOperand } from '../shapes/given.ts'

const supports = ['float32', 'int8', 'uint8', 'int32', 'int64'] as const

/** SPARSE_TO_DENSE to a constant shape; indices and values may be computed at run time. */
export const sparseToDense: OperatorImplementation<'SPARSE_TO_DENSE'> = {
  kind: 'SPARSE_TO_DENSE',
  supports,
  outputShapes: shapeOperand(1),
  prepare(context) {
    const [values, rest, output] = [inputAt(context, 2), inputAt(context, 3), outputAt(context)]
    const { type } = output
    if (values.type !== type || rest.type !== type || !supports.some((each) => each === type))
      throw unsupportedTypes(context, supports)
    for (const input of [values, rest]) refuseOtherScale(context, input, output)
    checkOutputShape(context, output, constantIntegers(context, inputAt(context, 1)))
    const tuples = checkedTuples(context, output.shape)
    return type === 'int64' ? putStep<bigint>(context, tuples) : putStep<number>(context, tuples)
  },
}

function putStep<Value extends number | bigint>(
  context: OperatorContext<'SPARSE_TO_DENSE'>,
  tuples: IndexTuples,
): Step {
  const run = putValues<Value>(tuples)
  const at = indicesOf(context, inputAt(context, 0))
  const [values, rest] = [numbersOf<Value>(inputAt(context, 2)), numbersOf<Value>(inputAt(context, 3))]
  const to = numbersOf<Value>(outputAt(context))
  return () => run(at, values, rest[0]!, to)
}

/** Indices are rows of an index for each dimension; a list names elements of a tensor of one dimension. */
function checkedTuples(context: OperatorContext<'SPARSE_TO_DENSE'>, output: Shape): IndexTuples {
  const [indices, values, rest] = [0, 2, 3].map((at) => inputAt(context, at))
  const { shape } = indices!
  const rows = shape.length < 2 ? [shape[0] ?? 1, 1] : shape
  const fits = rows.length === 2 && rows[1] === output.length && rest!.data.length === 1
  if (fits && (values!.shape.length === 0 || (values!.shape.length === 1 && values!.shape[0] === rows[0])))
    return indexTuples('SPARSE_TO_DENSE', output, rows)
  throw new ShapeError({
    stage: 'runtime',
    subject: 'SPARSE_TO_DENSE',
    found: `indices of shape ${formatShape(shape)}, values of shape ${formatShape(values!.shape)} and others of shape ${formatShape(rest!.shape)} for ${formatShape(output)}`,
    expected: 'rows of an index for each dimension, one value or as many as rows, and one for the rest',
  })
}
