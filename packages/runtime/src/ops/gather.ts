import { gather as gatherSlices, gatherShape, normalizeAxis } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { indicesOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

/** GATHER along an axis, with batch dimensions; the indices may be computed at run time. */
export const gather: OperatorImplementation<'GATHER'> = {
  kind: 'GATHER',
  supports: anyType,
  prepare(context) {
    const [input, indices, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (input.type !== output.type) throw unsupportedTypes(context, anyType)
    const { axis, batchDims } = context.options
    const parameters = {
      ...{ shape: input.shape, indicesShape: indices.shape },
      axis: normalizeAxis('GATHER', input.shape, axis),
      batchDims: batchDims < 0 ? batchDims + indices.shape.length : batchDims,
    }
    checkOutputShape(context, output, gatherShape(parameters))
    const [from, to] = [wordsOf(input), wordsOf(output)]
    const run = gatherSlices({ ...parameters, wordsPerElement: from.perElement })
    const at = indicesOf(context, indices)
    return () => run(from.words, at, to.words)
  },
}
