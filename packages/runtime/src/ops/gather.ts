import { gather as gatherSlices, gatherShape, normalizeAxis } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { generateGather } from '../shared/generate-gather.ts'
import { indicesOf } from '../shared/numbers.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

/** GATHER along an axis, with batch dimensions; the indices may be computed at run time. */
export const gather: OperatorImplementation<'GATHER'> = {
  kind: 'GATHER',
  supports: anyType,
  outputShapes: (context) => [gatherShape(gatherParameters(context))],
  prepare(context) {
    const [input, indices, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (input.type !== output.type) throw unsupportedTypes(context, anyType)
    const parameters = gatherParameters(context)
    checkOutputShape(context, output, gatherShape(parameters))
    const [from, to] = [wordsOf(input), wordsOf(output)]
    const run = gatherSlices({ ...parameters, wordsPerElement: from.perElement })
    const at = indicesOf(context, indices)
    return () => run(from.words, at, to.words)
  },
  divides: true,
  generate(context, options) {
    const [input, indices] = [inputAt(context, 0), inputAt(context, 1)]
    if (input.type !== outputAt(context).type) throw unsupportedTypes(context, anyType)
    return generateGather(context, input, indices, gatherParameters(context), options)
  },
}

function gatherParameters(context: OperatorContext<'GATHER'>) {
  const { axis, batchDims } = context.options
  const [{ shape }, { shape: indicesShape }] = [inputAt(context, 0), inputAt(context, 1)]
  return {
    ...{ shape, indicesShape },
    axis: normalizeAxis('GATHER', shape, axis),
    batchDims: batchDims < 0 ? batchDims + indicesShape.length : batchDims,
  }
}
