import { foldAny } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, outputAt } from '../shared/operands.ts'
import { prepareFold } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

/** REDUCE_ANY, whether any value is true over constant axes. */
export const reduceAny: OperatorImplementation<'REDUCE_ANY'> = {
  kind: 'REDUCE_ANY',
  supports: ['bool'],
  outputShapes: reducedShapes,
  prepare(context) {
    for (const tensor of [inputAt(context, 0), outputAt(context)]) dataAs(context, tensor, 'bool')
    return prepareFold<number>(context, 0, foldAny)
  },
}
