import { DataError, ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { embeddingLookupSparse as lookUp, indexTuples } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { constantIntegers, dataAs, inputAt, outputAt } from '../shared/operands.ts'

type SparseContext = OperatorContext<'EMBEDDING_LOOKUP_SPARSE'>

/** EMBEDDING_LOOKUP_SPARSE to a constant shape: rows, the places that they belong to, weights, and the table. */
export const embeddingLookupSparse: OperatorImplementation<'EMBEDDING_LOOKUP_SPARSE'> = {
  kind: 'EMBEDDING_LOOKUP_SPARSE',
  supports: ['float32'],
  outputShapes: (context) => [[...bagsOf(context), ...inputAt(context, 4).shape.slice(1)]],
  prepare(context) {
    const [ids, places, weights, table] = [0, 1, 3, 4].map((at) => inputAt(context, at))
    const [bags, output] = [bagsOf(context), outputAt(context)]
    checkOperands(context)
    checkOutputShape(context, output, [...bags, ...table!.shape.slice(1)])
    const [rows, at] = [dataAs(context, ids!, 'int32'), dataAs(context, places!, 'int32')]
    const strengths = dataAs(context, weights!, 'float32')
    const [from, to] = [dataAs(context, table!, 'float32'), dataAs(context, output, 'float32')]
    const sizes = { rows: table!.shape[0]!, rowLength: elementCount(table!.shape.slice(1)) }
    const rank = bags.length + 1
    const tuples = indexTuples(context.kind, bags, [rows.length, bags.length])
    return () => {
      const entries = Array.from(rows, (row, entry) => {
        const place = at.subarray(entry * rank, entry * rank + bags.length)
        return { bag: tuples.start(place, 0), row, weight: strengths[entry]! }
      })
      lookUp(sizes, context.options.combiner as 'SUM', entries, from, to)
    }
  },
}

/** The last dimension of the places is that within a bag. */
function bagsOf(context: SparseContext): Shape {
  const shape = constantIntegers(context, inputAt(context, 2))
  if (shape.every((size) => size >= 0)) return shape.slice(0, -1)
  throw new DataError({
    stage: 'runtime',
    subject: context.kind,
    found: `shape ${formatShape(shape)}`,
    expected: 'sizes of 0 or more',
  })
}

function checkOperands(context: SparseContext): void {
  const [ids, places, shape, weights, table] = [0, 1, 2, 3, 4].map((at) => inputAt(context, at))
  const [count, rank] = [ids!.shape[0], shape!.data.length]
  const lists = ids!.shape.length === 1 && weights!.shape.length === 1 && weights!.shape[0] === count
  const placed = places!.shape.length === 2 && places!.shape[0] === count && places!.shape[1] === rank
  if (lists && placed && rank > 0 && table!.shape.length >= 2) return
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: [ids, places, weights, table].map((tensor) => formatShape(tensor!.shape)).join(', '),
    expected: `a list of rows, an index of each for ${rank} dimensions, a list of weights and a table`,
  })
}
