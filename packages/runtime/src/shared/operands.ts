import { ShapeError, UnsupportedError } from '@quantrx/core'
import type { DataType, IntegerType, TensorData } from '@quantrx/core'
import type { IntegerArray } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/**
 * The input at position `at`.
 *
 * @throws ShapeError when the operator does not have it.
 */
export function inputAt(context: AnyContext, at: number): RuntimeTensor {
  const tensor = context.inputs[at]
  if (tensor !== undefined) return tensor
  throw new ShapeError({ stage: 'runtime', subject: context.kind, found: `no input ${at}`, expected: 'one' })
}

/**
 * The output at position `at`, the first one by default.
 *
 * @throws ShapeError when the operator does not have it.
 */
export function outputAt(context: AnyContext, at = 0): RuntimeTensor {
  const tensor = context.outputs[at]
  if (tensor !== undefined) return tensor
  throw new ShapeError({ stage: 'runtime', subject: context.kind, found: `no output ${at}`, expected: 'one' })
}

/**
 * The memory of a tensor as the array of its type.
 *
 * @throws UnsupportedError when the tensor has another type.
 */
export function dataAs<Type extends DataType>(
  context: AnyContext,
  tensor: RuntimeTensor,
  type: Type,
): TensorData<Type> {
  if (tensor.type === type) return tensor.data as TensorData<Type>
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${context.kind}, tensor ${tensor.name}`,
    found: tensor.type,
    expected: type,
  })
}

/** The memory of an integer tensor of at most 32 bits. */
export function integerData(context: AnyContext, tensor: RuntimeTensor): IntegerArray {
  if (isIntegerType(tensor.type)) return tensor.data as IntegerArray
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${context.kind}, tensor ${tensor.name}`,
    found: tensor.type,
    expected: 'int8, uint8, int16 or int32',
  })
}

/** True for the types that quantized tensors are stored in. */
export function isIntegerType(type: DataType): type is IntegerType {
  return type === 'int8' || type === 'uint8' || type === 'int16' || type === 'int32'
}

/** Scale and zero point of a tensor that is quantized as a whole. */
export interface TensorScale {
  readonly scale: number
  readonly zeroPoint: number
}

/**
 * The scale and zero point of a quantized tensor.
 *
 * @throws UnsupportedError when it has none.
 */
export function scaleOf(context: AnyContext, tensor: RuntimeTensor): TensorScale {
  const scale = tensor.quantization?.scales[0]
  const zeroPoint = tensor.quantization?.zeroPoints[0]
  if (scale !== undefined && zeroPoint !== undefined && scale > 0 && scale < Infinity)
    return { scale, zeroPoint }
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${context.kind}, tensor ${tensor.name}`,
    found: scale === undefined ? `${tensor.type} without a scale` : `scale ${scale}`,
    expected: 'a positive scale and a zero point',
  })
}

/** The error for a combination of types that an operator does not support. */
export function unsupportedTypes(context: AnyContext, supports: readonly string[]): UnsupportedError {
  const types = [...context.inputs, ...context.outputs].map((tensor) => tensor?.type ?? 'none')
  const inputs = types.slice(0, context.inputs.length).join(', ')
  return new UnsupportedError({
    stage: 'runtime',
    subject: context.kind,
    found: `inputs of type ${inputs} and outputs of type ${types.slice(context.inputs.length).join(', ')}`,
    expected: `one of ${supports.join('; ')}`,
    nextStep: 'Keep this operator float, or convert its types',
  })
}

/**
 * The integers of a constant, such as axes or a shape.
 *
 * @throws RunTimeValueError when the tensor is computed at run time.
 * @throws UnsupportedError when it does not hold integers.
 */
export function constantIntegers(context: AnyContext, tensor: RuntimeTensor): readonly number[] {
  if (!/^u?int/.test(tensor.type)) throw noIntegers(context, tensor)
  if (tensor.constant) return Array.from<number | bigint, number>(tensor.data, Number)
  throw runTimeValue(context, tensor)
}

function noIntegers({ kind }: AnyContext, { name, type }: RuntimeTensor): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject: `${kind}, tensor ${name}`,
    found: type,
    expected: 'integers',
    nextStep: 'Convert the operand to int32 when the model is exported',
  })
}

/** Says that an operator wants the values of an operand before they are computed. */
export class RunTimeValueError extends UnsupportedError {}

/** The error for an operand whose values would have to be known. */
export function runTimeValue({ kind }: AnyContext, { name }: RuntimeTensor): RunTimeValueError {
  return new RunTimeValueError({
    stage: 'runtime',
    subject: `${kind}, tensor ${name}`,
    found: 'a value that is computed at run time',
    expected: 'a constant',
  })
}
