import { integerLimits } from '@quantrx/core'
import { foldProduct, reduceProdInteger } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { inputAt, integerData, outputAt, scaleOf, unsupportedTypes } from '../shared/operands.ts'
import { constantReduction, prepareFold } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'int16', 'int32', 'int64'] as const

/** REDUCE_PROD, the product over constant axes. */
export const reduceProd: OperatorImplementation<'REDUCE_PROD'> = {
  kind: 'REDUCE_PROD',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const { type } = inputAt(context, 0)
    if (outputAt(context).type !== type) throw unsupportedTypes(context, supports)
    if (type === 'int8' || type === 'int16') return prepareInteger(context, integerLimits[type])
    if (type === 'int64') return prepareFold<bigint>(context, 1n, foldProduct.int64)
    if (type === 'float32' || type === 'int32') return prepareFold<number>(context, 1, foldProduct[type])
    throw unsupportedTypes(context, supports)
  },
}

function prepareInteger(
  context: OperatorContext<'REDUCE_PROD'>,
  range: { readonly min: number; readonly max: number },
): Step {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const run = reduceProdInteger({
    ...{ geometry: constantReduction(context), range },
    ...{ input: scaleOf(context, input), output: scaleOf(context, output) },
  })
  const [from, to] = [integerData(context, input), integerData(context, output)]
  return () => run(from, to)
}
