import { broadcastRows, compareStored, wasm } from '@quantrx/kernels'
import type { Comparison, CompareStoredParameters, StoredFunction } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import type { ComparisonKernels } from './comparison-operator.ts'
import { inputAt, outputAt, scaleOf } from './operands.ts'
import { pairRows } from './pair-rows.ts'

/** A comparison of two tensors of one type as WebAssembly, but for int16 and int64. */
export function generateComparison(
  context: OperatorContext,
  { name, compare }: ComparisonKernels,
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  const { type } = a
  const rows = pairRows(context)
  if (type === 'int8' || type === 'uint8') {
    const parameters = { rows, type, a: scaleOf(context, a), b: scaleOf(context, b) }
    return (
      compareWithConstant(context, parameters, compare, share) ?? {
        kernel: wasm.comparisonOfBytesKernel(name, parameters, share),
        ...{ inputs: [a, b], output },
      }
    )
  }
  const stored = type === 'bool' ? 'uint8' : type
  if (stored !== 'uint8' && stored !== 'float32' && stored !== 'int32') return undefined
  return { kernel: wasm.comparisonKernel(stored, name, rows, share), inputs: [a, b], output }
}

/** Compares quantized numbers with a constant of another scale: a function of one stored integer, which needs no tables of numbers. */
function compareWithConstant(
  context: OperatorContext,
  parameters: CompareStoredParameters,
  compare: Comparison,
  share?: wasm.Share,
): BoundKernel | undefined {
  const { type, a, b } = parameters
  if (a.scale === b.scale && a.zeroPoint === b.zeroPoint) return undefined
  const output = outputAt(context)
  const at = [1, 0].find((each) => {
    const { constant, data } = inputAt(context, each)
    return constant && data.length === 1
  })
  if (at === undefined) return undefined
  const known = Number(inputAt(context, at).data[0])
  const other = inputAt(context, 1 - at)
  if (other.data.length !== output.data.length) return undefined
  const run = compareStored({ ...parameters, rows: broadcastRows([1], [1]) }, compare)
  const result = [0]
  const evaluate: StoredFunction = (stored) => {
    run([at === 0 ? known : stored], [at === 0 ? stored : known], result)
    return result[0]!
  }
  const kernel = wasm.storedMapKernel(type, 'uint8', evaluate, output.data.length, share)
  return { kernel, inputs: [other], output }
}
