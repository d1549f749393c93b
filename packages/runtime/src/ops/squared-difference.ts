import { integerLimits } from '@quantrx/core'
import {
  squaredDifferenceFloat32,
  squaredDifferenceInt32,
  squaredDifferenceInteger,
  wasm,
} from '@quantrx/kernels'
import type { ElementsPairing } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { generatePairTable } from '../shared/generate-pair-table.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { pairOperator, preparePairs } from '../shared/pair-operator.ts'
import { pairRows } from '../shared/pair-rows.ts'
import { pairShapes } from '../shapes/elementwise.ts'

const plain = pairOperator('SQUARED_DIFFERENCE', {
  float32: squaredDifferenceFloat32,
  int32: squaredDifferenceInt32,
})
const supports = [...plain.supports, 'int8', 'uint8']

/** SQUARED_DIFFERENCE with broadcasting. */
export const squaredDifference: OperatorImplementation<'SQUARED_DIFFERENCE'> = {
  kind: 'SQUARED_DIFFERENCE',
  supports,
  outputShapes: pairShapes,
  prepare(context) {
    const { type } = outputAt(context)
    if (type !== 'int8' && type !== 'uint8') return plain.prepare(context)
    const integer = integerReference(context, type)
    return preparePairs(context, supports, (rows) => integer(rows) as ElementsPairing<number>)
  },
  divides: true,
  generate(context, options) {
    const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    const { type } = output
    if (a.type !== type || b.type !== type) return undefined
    if (type === 'int8' || type === 'uint8')
      return generatePairTable(context, type, integerReference(context, type), options)
    if (type !== 'float32' && type !== 'int32') return undefined
    const kernel = wasm.squaredDifferenceKernel(type, pairRows(context), options.share)
    return { kernel, inputs: [a, b], output }
  },
}

function integerReference(
  context: OperatorContext<'SQUARED_DIFFERENCE'>,
  type: wasm.ByteType,
): wasm.PairReference {
  if (inputAt(context, 0).type !== type) throw unsupportedTypes(context, supports)
  const [a, b] = [0, 1].map((at) => quantizedActivation(context, inputAt(context, at), supports))
  const output = quantizedActivation(context, outputAt(context), supports)
  const range = integerLimits[type]
  return (rows) => squaredDifferenceInteger({ rows, type, a: a!, b: b!, output, range })
}
