import { compareElements, compareStored } from '@quantrx/kernels'
import type { BroadcastRows, Comparison, ElementsPairing } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { inputAt, outputAt, scaleOf, unsupportedTypes } from './operands.ts'
import { preparePairs } from './pair-operator.ts'
import { pairShapes } from '../shapes/elementwise.ts'

const ordered = ['float32', 'int32', 'int64', 'int8', 'uint8', 'int16'] as const

/** Input types of comparisons for equality; all comparisons give bool. */
export const equalitySupports: readonly string[] = [...ordered, 'bool']

/** Input types of comparisons of size. */
export const orderSupports: readonly string[] = ordered

/** A comparison with broadcasting; quantized inputs are compared by what they stand for. */
export function comparisonOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  supports: readonly string[],
  compare: Comparison,
): OperatorImplementation<Kind> {
  return {
    kind,
    supports,
    outputShapes: pairShapes,
    prepare(context) {
      if (!supports.includes(inputAt(context, 0).type) || outputAt(context).type !== 'bool')
        throw unsupportedTypes(context, supports)
      return preparePairs(context, supports, (rows) => comparisonKernel(context, rows, compare))
    },
  }
}

function comparisonKernel(
  context: OperatorContext,
  rows: BroadcastRows,
  compare: Comparison,
): ElementsPairing<number | bigint, number> {
  const [a, b] = [inputAt(context, 0), inputAt(context, 1)]
  // Numbers of 16 bits are compared as they are stored, whatever their scales, in LiteRT too.
  if (a.type !== 'int8' && a.type !== 'uint8') return compareElements(rows, compare)
  const parameters = { rows, type: a.type, a: scaleOf(context, a), b: scaleOf(context, b) }
  return compareStored(parameters, compare) as ElementsPairing<number | bigint, number>
}
