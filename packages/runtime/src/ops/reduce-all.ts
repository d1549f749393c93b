import { foldAll } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, outputAt } from '../shared/operands.ts'
import { prepareFold } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

/** REDUCE_ALL, whether all values are true over constant axes. */
export const reduceAll: OperatorImplementation<'REDUCE_ALL'> = {
  kind: 'REDUCE_ALL',
  supports: ['bool'],
  outputShapes: reducedShapes,
  prepare(context) {
    for (const tensor of [inputAt(context, 0), outputAt(context)]) dataAs(context, tensor, 'bool')
    return prepareFold<number>(context, 1, foldAll)
  },
}
