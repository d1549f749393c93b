import type { TensorData } from '@quantrx/core'
import { activationRange, quantizedActivationRange } from '@quantrx/kernels'
import type {
  BinaryIntegerParameters,
  BinaryKernel,
  BinaryParameters,
  BroadcastRows,
  IntegerArray,
} from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { quantizedActivation } from './activation-types.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from './operands.ts'
import { pairRows } from './pair-rows.ts'

/** Type combinations of the binary operators, the same for both inputs and the output; int32 and int64 hold plain integers. */
export const binarySupports = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const

/** The kernels that tell one binary operator from another. */
export interface BinaryKernels {
  float32(parameters: BinaryParameters): BinaryKernel<Float32Array>
  int32(parameters: BinaryParameters): BinaryKernel<Int32Array>
  int64?(parameters: BinaryParameters): BinaryKernel<BigInt64Array>
  integer(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray>
}

/** A binary operator that is being compiled. */
export type BinaryContext = OperatorContext<'ADD' | 'SUB' | 'MUL' | 'DIV'>

/** Prepares a binary operator with broadcasting and a fused activation for the types of its operands. */
export function prepareBinary(context: BinaryContext, kernels: BinaryKernels): Step {
  const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  const rows = binaryRows(context)
  const parameters = { rows, range: activationRange(context.options.fusedActivationFunction) }
  if (output.type === 'float32') return bind(context, kernels.float32(parameters), 'float32')
  if (output.type === 'int32') return bind(context, kernels.int32(parameters), 'int32')
  if (output.type === 'int64' && kernels.int64 !== undefined)
    return bind(context, kernels.int64(parameters), 'int64')
  const run = kernels.integer(binaryIntegerParameters(context, rows))
  const [left, right, to] = [integerData(context, a), integerData(context, b), integerData(context, output)]
  return () => run(left, right, to)
}

function bind<Type extends 'float32' | 'int32' | 'int64'>(
  context: BinaryContext,
  run: BinaryKernel<TensorData<Type>>,
  type: Type,
): Step {
  const a = dataAs(context, inputAt(context, 0), type)
  const b = dataAs(context, inputAt(context, 1), type)
  const output = dataAs(context, outputAt(context), type)
  return () => run(a, b, output)
}

/**
 * How the operands are walked, after a look at types and shapes.
 *
 * @throws UnsupportedError when the types differ.
 * @throws ShapeError when the output has not the shape to which the inputs broadcast.
 */
export function binaryRows(context: BinaryContext): BroadcastRows {
  const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  if (a.type !== b.type || a.type !== output.type) throw unsupportedTypes(context, binarySupports)
  return pairRows(context)
}

/**
 * What a binary operator on quantized integers depends on.
 *
 * @throws UnsupportedError for types that are not quantized, or tensors without a scale.
 */
export function binaryIntegerParameters(
  context: BinaryContext,
  rows: BroadcastRows,
): BinaryIntegerParameters {
  const a = quantizedActivation(context, inputAt(context, 0), binarySupports)
  const b = quantizedActivation(context, inputAt(context, 1), binarySupports)
  const output = quantizedActivation(context, outputAt(context), binarySupports)
  const { arithmetic } = context
  const { type, scale, zeroPoint } = output
  const activation = context.options.fusedActivationFunction
  // LiteRT takes int16 with its own kernels, not XNNPACK's.
  const clampAs = type === 'int16' ? 'tflite' : arithmetic
  const range = quantizedActivationRange(activation, type, scale, zeroPoint, clampAs)
  const sameOperand = context.inputs[0] === context.inputs[1]
  return { arithmetic, type, a, b, sameOperand, output, rows, range }
}
