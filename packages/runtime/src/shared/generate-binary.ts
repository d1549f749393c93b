import { activationRange, wasm } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions } from '../operator.ts'
import { binaryIntegerParameters, binaryRows } from './binary.ts'
import type { BinaryContext } from './binary.ts'
import { inputAt, outputAt } from './operands.ts'

/** ADD, SUB or MUL as WebAssembly, but for int64. */
export function generateBinary(
  context: BinaryContext,
  pairOperation: wasm.PairOperation,
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const kernel = binaryKernel(context, pairOperation, share)
  const inputs = [inputAt(context, 0), inputAt(context, 1)]
  return kernel && { kernel, inputs, output: outputAt(context) }
}

function binaryKernel(
  context: BinaryContext,
  pairOperation: wasm.PairOperation,
  share: wasm.Share | undefined,
): wasm.GeneratedKernel | undefined {
  const rows = binaryRows(context)
  const { type } = outputAt(context)
  if (type === 'int64') return undefined
  if (type === 'float32' || type === 'int32') {
    const range = activationRange(context.options.fusedActivationFunction)
    return wasm.wordArithmeticKernel(type, pairOperation, { rows, range }, share)
  }
  const parameters = binaryIntegerParameters(context, rows)
  const sign = pairOperation === 'sub' ? -1 : 1
  if (type === 'int16')
    return pairOperation === 'mul'
      ? wasm.productOfShortsKernel(parameters, share)
      : wasm.sumOfShortsKernel(sign, parameters, share)
  if (type !== 'int8' && type !== 'uint8') return undefined
  if (pairOperation === 'mul') return wasm.productOfBytesKernel({ ...parameters, type }, share)
  return wasm.sumOfBytesKernel(sign, { ...parameters, type }, share)
}
