import { broadcastRows, wasm } from '@quantrx/kernels'
import type { StoredFunction } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'
import { pairRows } from './pair-rows.ts'

/** Making a table takes as long as the reference takes for this many outputs, times four. */
const fewestElements = 2 ** 14

/**
 * An operator on two tensors of 8-bit integers, with an output of their type, as a table of its results: of all pairs, or where
 * one operand is a constant number, of all values of the other.
 *
 * @returns undefined where a table of all pairs would take longer to make than it saves in a few inferences.
 */
export function generatePairTable(
  context: OperatorContext,
  type: wasm.ByteType,
  reference: wasm.PairReference,
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const [inputs, output] = [[inputAt(context, 0), inputAt(context, 1)], outputAt(context)]
  const rows = pairRows(context)
  const at = [1, 0].find((each) => {
    const [{ constant, data }, other] = [inputs[each]!, inputs[1 - each]!]
    return constant && data.length === 1 && other.data.length === output.data.length
  })
  if (at === undefined) {
    if (output.data.length < fewestElements) return undefined
    return { kernel: wasm.pairTableKernel(type, reference, rows, share), inputs, output }
  }
  const evaluate = withConstant(type, reference, at, inputs[at]!.data as wasm.ByteArray)
  const kernel = wasm.storedMapKernel(type, type, evaluate, output.data.length, share)
  return { kernel, inputs: [inputs[1 - at]!], output }
}

/** The function of one operand, the other being the constant at position `at`. */
function withConstant(
  type: wasm.ByteType,
  reference: wasm.PairReference,
  at: number,
  known: wasm.ByteArray,
): StoredFunction {
  const run = reference(broadcastRows([1], [1]))
  const [value, result] = [0, 0].map(() => (type === 'int8' ? new Int8Array(1) : new Uint8Array(1)))
  return (stored) => {
    value![0] = stored
    if (at === 0) run(known, value!, result!)
    else run(value!, known, result!)
    return result![0]!
  }
}
