import { integerLimits } from '@quantrx/core'
import { foldSum, sumInteger } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { inputAt, integerData, outputAt, scaleOf, unsupportedTypes } from '../shared/operands.ts'
import { constantReduction, prepareFold } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'uint8', 'int32', 'int64'] as const

/** SUM over constant axes. */
export const sum: OperatorImplementation<'SUM'> = {
  kind: 'SUM',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const { type } = inputAt(context, 0)
    if (outputAt(context).type !== type) throw unsupportedTypes(context, supports)
    if (type === 'int8' || type === 'uint8') return prepareQuantized(context, type)
    if (type === 'int64') return prepareFold<bigint>(context, 0n, foldSum.int64)
    if (type === 'float32' || type === 'int32') return prepareFold<number>(context, 0, foldSum[type])
    throw unsupportedTypes(context, supports)
  },
}

function prepareQuantized(context: OperatorContext<'SUM'>, type: 'int8' | 'uint8'): Step {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const { scale: inputScale, zeroPoint: inputZeroPoint } = scaleOf(context, input)
  const { scale: outputScale, zeroPoint: outputZeroPoint } = scaleOf(context, output)
  const run = sumInteger({
    ...{ inputScale, inputZeroPoint, outputScale, outputZeroPoint },
    arithmetic: context.arithmetic,
    geometry: constantReduction(context),
    range: integerLimits[type],
  })
  const [from, to] = [integerData(context, input), integerData(context, output)]
  return () => run(from, to)
}
