import { gatherNd as gatherTuples, indexTuples } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { indicesOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

/** GATHER_ND; the indices may be computed at run time. */
export const gatherNd: OperatorImplementation<'GATHER_ND'> = {
  kind: 'GATHER_ND',
  supports: anyType,
  outputShapes: (context) => [
    indexTuples('GATHER_ND', inputAt(context, 0).shape, inputAt(context, 1).shape).shape,
  ],
  prepare(context) {
    const [input, indices, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (input.type !== output.type) throw unsupportedTypes(context, anyType)
    const tuples = indexTuples('GATHER_ND', input.shape, indices.shape)
    checkOutputShape(context, output, tuples.shape)
    const [from, to] = [wordsOf(input), wordsOf(output)]
    const run = gatherTuples(tuples, from.perElement)
    const at = indicesOf(context, indices)
    return () => run(from.words, at, to.words)
  },
}
