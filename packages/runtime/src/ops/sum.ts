import { foldSum, sumInteger } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantReduction, prepareFold, quantizedReduction } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** SUM over constant axes. */
export const sum: OperatorImplementation<'SUM'> = {
  kind: 'SUM',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const { type } = inputAt(context, 0)
    if (outputAt(context).type !== type) throw unsupportedTypes(context, supports)
    if (type === 'int8' || type === 'uint8' || type === 'int16') return prepareQuantized(context)
    if (type === 'int64') return prepareFold<bigint>(context, 0n, foldSum.int64)
    if (type === 'float32' || type === 'int32') return prepareFold<number>(context, 0, foldSum[type])
    throw unsupportedTypes(context, supports)
  },
}

function prepareQuantized(context: OperatorContext<'SUM'>): Step {
  const run = sumInteger({
    ...quantizedReduction(context, supports),
    // LiteRT has a kernel of its own, for 16 bits too.
    arithmetic: context.arithmetic,
    geometry: constantReduction(context),
  })
  const [from, to] = [integerData(context, inputAt(context, 0)), integerData(context, outputAt(context))]
  return () => run(from, to)
}
