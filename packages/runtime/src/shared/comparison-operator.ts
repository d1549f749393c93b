import { compareElements, compareStored } from '@quantrx/kernels'
import type { BroadcastRows, Comparison, ElementsPairing, wasm } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { generateComparison } from './generate-comparison.ts'
import { inputAt, outputAt, scaleOf, unsupportedTypes } from './operands.ts'
import { preparePairs } from './pair-operator.ts'
import { pairShapes } from '../shapes/elementwise.ts'

const ordered = ['float32', 'int32', 'int64', 'int8', 'uint8', 'int16'] as const

/** Input types of comparisons for equality; all comparisons give bool. */
export const equalitySupports: readonly string[] = [...ordered, 'bool']

/** Input types of comparisons of size. */
export const orderSupports: readonly string[] = ordered

/** What one comparison is called in generated code, and how it is computed elsewhere. */
export interface ComparisonKernels {
  readonly name: wasm.ComparisonName
  readonly compare: Comparison
}

/** A comparison with broadcasting; quantized inputs are compared by what they stand for. */
export function comparisonOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  supports: readonly string[],
  kernels: ComparisonKernels,
): OperatorImplementation<Kind> {
  const checkTypes = (context: OperatorContext): void => {
    const [a, b] = [inputAt(context, 0), inputAt(context, 1)]
    if (!supports.includes(a.type) || a.type !== b.type || outputAt(context).type !== 'bool')
      throw unsupportedTypes(context, supports)
  }
  return {
    kind,
    supports,
    outputShapes: pairShapes,
    prepare(context) {
      checkTypes(context)
      return preparePairs(context, supports, (rows) => comparisonKernel(context, rows, kernels.compare))
    },
    divides: true,
    generate(context, options) {
      checkTypes(context)
      return generateComparison(context, kernels, options)
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
