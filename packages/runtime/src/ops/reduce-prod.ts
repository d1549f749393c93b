import { foldProduct } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { prepareFold } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int32', 'int64'] as const

/** REDUCE_PROD, the product over constant axes. */
export const reduceProd: OperatorImplementation<'REDUCE_PROD'> = {
  kind: 'REDUCE_PROD',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const { type } = inputAt(context, 0)
    if (outputAt(context).type !== type) throw unsupportedTypes(context, supports)
    if (type === 'int64') return prepareFold<bigint>(context, 1n, foldProduct.int64)
    if (type === 'float32' || type === 'int32') return prepareFold<number>(context, 1, foldProduct[type])
    throw unsupportedTypes(context, supports)
  },
}
