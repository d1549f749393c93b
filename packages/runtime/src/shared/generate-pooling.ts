import { activationRange, wasm } from '@quantrx/kernels'
import type { ActivationRange, ActivationType } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import { dataAs, inputAt, outputAt } from './operands.ts'
import { poolingGeometry, poolingRange } from './pooling.ts'

/** What becomes of the elements of a window. */
export interface PoolingReductions {
  float32(range: ActivationRange): wasm.WindowReduction
  integer(type: ActivationType, range: ActivationRange): wasm.WindowReduction
}

/** A pooling operator as WebAssembly. */
export function generatePooling(
  context: OperatorContext<'AVERAGE_POOL_2D' | 'MAX_POOL_2D'>,
  { share }: GenerateOptions,
  reductions: PoolingReductions,
): BoundKernel | undefined {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const geometry = poolingGeometry(context)
  const reduction = chooseReduction(context, reductions)
  const kernel = reduction && wasm.poolingKernel({ geometry, reduction, share })
  return kernel && { kernel, inputs: [input], output }
}

function chooseReduction(
  context: OperatorContext<'AVERAGE_POOL_2D' | 'MAX_POOL_2D'>,
  { float32, integer }: PoolingReductions,
): wasm.WindowReduction | undefined {
  const { type } = inputAt(context, 0)
  if (type === 'float32') {
    dataAs(context, outputAt(context), 'float32')
    return float32(activationRange(context.options.fusedActivationFunction))
  }
  const range = poolingRange(context)
  return type === 'int8' || type === 'uint8' || type === 'int16' ? integer(type, range) : undefined
}
