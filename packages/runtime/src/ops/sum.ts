import type { DataType } from '@quantrx/core'
import { foldSum, sumInteger, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { generateReduction } from '../shared/generate-reduction.ts'
import { inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { constantReduction, prepareFold, quantizedReduction } from '../shared/reduction.ts'
import type { QuantizedReduction } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** SUM over constant axes. */
export const sum: OperatorImplementation<'SUM'> = {
  kind: 'SUM',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const type = typeOf(context)
    if (type === 'int8' || type === 'uint8' || type === 'int16') return prepareQuantized(context)
    if (type === 'int64') return prepareFold<bigint>(context, 0n, foldSum.int64)
    if (type === 'float32' || type === 'int32') return prepareFold<number>(context, 0, foldSum[type])
    throw unsupportedTypes(context, supports)
  },
  divides: true,
  generate: (context, options) => generateReduction(context, options, () => sumReduction(context)),
}

type SumContext = OperatorContext<'SUM'>

function typeOf(context: SumContext): DataType {
  const { type } = inputAt(context, 0)
  if (outputAt(context).type !== type) throw unsupportedTypes(context, supports)
  return type
}

function prepareQuantized(context: SumContext): Step {
  const run = sumInteger({ ...quantizedSum(context), geometry: constantReduction(context) })
  const [from, to] = [integerData(context, inputAt(context, 0)), integerData(context, outputAt(context))]
  return () => run(from, to)
}

function quantizedSum(context: SumContext): QuantizedReduction {
  // LiteRT has a kernel of its own, for 16 bits too.
  return { ...quantizedReduction(context, supports), arithmetic: context.arithmetic }
}

function sumReduction(context: SumContext): wasm.WindowReduction | undefined {
  const inputType = typeOf(context)
  if (inputType === 'float32') return wasm.sumFloat32
  if (inputType !== 'int8' && inputType !== 'uint8' && inputType !== 'int16') return undefined
  return wasm.sumIntegerReduction(quantizedSum(context))
}
