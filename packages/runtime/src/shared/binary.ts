import { ShapeError, UnsupportedError, formatShape, sameShape } from '@quantrx/core'
import { activationRange, broadcastRows, quantizedActivationRange } from '@quantrx/kernels'
import type {
  ActivationType,
  BinaryIntegerParameters,
  BinaryKernel,
  BinaryParameters,
  BroadcastRows,
  IntegerArray,
} from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { dataAs, inputAt, integerData, outputAt, scaleOf, unsupportedTypes } from './operands.ts'

/** Type combinations of the binary operators; int32 holds plain integers. */
export const binarySupports = ['float32', 'int8', 'uint8', 'int16', 'int32'] as const

/** The kernels that tell one binary operator from another. */
export interface BinaryKernels {
  float32(parameters: BinaryParameters): BinaryKernel<Float32Array>
  int32(parameters: BinaryParameters): BinaryKernel<Int32Array>
  integer(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray>
}

/** Prepares a binary operator with broadcasting and a fused activation for the types of its operands. */
export function prepareBinary(
  context: OperatorContext<'ADD' | 'SUB' | 'MUL'>,
  kernels: BinaryKernels,
): Step {
  const { fusedActivationFunction: activation } = context.options
  const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  if (a.type !== b.type || a.type !== output.type) throw unsupportedTypes(context, binarySupports)
  const rows = outputRows(context, a, b, output)
  if (output.type === 'float32') {
    const run = kernels.float32({ rows, range: activationRange(activation) })
    const [left, right, to] = [a, b, output].map((tensor) => dataAs(context, tensor, 'float32'))
    return () => run(left!, right!, to!)
  }
  if (output.type === 'int32') {
    const run = kernels.int32({ rows, range: activationRange(activation) })
    const [left, right, to] = [a, b, output].map((tensor) => dataAs(context, tensor, 'int32'))
    return () => run(left!, right!, to!)
  }
  const type = activationType(context, output, binarySupports)
  const [aScale, bScale, outputScale] = [a, b, output].map((tensor) => scaleOf(context, tensor))
  return null as never
}
