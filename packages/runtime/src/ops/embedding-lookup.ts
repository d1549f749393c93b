import { elementCount } from '@quantrx/core'
import { embeddingLookupHybrid, gather, gatherShape } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor, Step } from '../operator.ts'
import { anyType, checkOutputShape, wordsOf } from '../shared/element-walk.ts'
import { generateGather } from '../shared/generate-gather.ts'
import { indicesOf } from '../shared/numbers.ts'
import { dataAs, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const supports = [...anyType, 'int8 table to float32'] as const

/** EMBEDDING_LOOKUP: the rows of a table that indices name. */
export const embeddingLookup: OperatorImplementation<'EMBEDDING_LOOKUP'> = {
  kind: 'EMBEDDING_LOOKUP',
  supports,
  outputShapes: (context) => [[...inputAt(context, 0).shape, ...inputAt(context, 1).shape.slice(1)]],
  prepare(context) {
    const [indices, table, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    const parameters = lookupParameters(indices, table)
    checkOutputShape(context, output, gatherShape(parameters))
    if (table.type !== output.type) return prepareHybrid(context)
    const [from, to] = [wordsOf(table), wordsOf(output)]
    const run = gather({ ...parameters, wordsPerElement: from.perElement })
    const at = indicesOf(context, indices)
    return () => run(from.words, at, to.words)
  },
  divides: true,
  generate(context, options) {
    const [indices, table, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (table.type !== output.type) return undefined
    return generateGather(context, table, indices, lookupParameters(indices, table), options)
  },
}

function lookupParameters(indices: RuntimeTensor, table: RuntimeTensor) {
  return { shape: table.shape, indicesShape: indices.shape, axis: 0, batchDims: 0 }
}

function prepareHybrid(context: OperatorContext<'EMBEDDING_LOOKUP'>): Step {
  const [indices, table, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  const { quantization, shape } = table
  const symmetric = quantization?.zeroPoints.every((zeroPoint) => zeroPoint === 0) ?? false
  const { scales = [], axis = 0 } = quantization ?? {}
  const perRow = scales.length === 1 || (axis === 0 && scales.length === shape[0])
  if (table.type !== 'int8' || output.type !== 'float32' || !symmetric || !perRow)
    throw unsupportedTypes(context, supports)
  const run = embeddingLookupHybrid({ rows: shape[0]!, rowLength: elementCount(shape.slice(1)), scales })
  const [from, to] = [dataAs(context, table, 'int8'), dataAs(context, output, 'float32')]
  const at = indicesOf(context, indices)
  return () => run(at, from, to)
}
