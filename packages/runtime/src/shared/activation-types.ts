import { UnsupportedError } from '@quantrx/core'
import type { ActivationType } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'
import { scaleOf, unsupportedTypes } from './operands.ts'
import type { TensorScale } from './operands.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** A quantized activation: its type, scale and zero point. */
export interface QuantizedActivation extends TensorScale {
  readonly type: ActivationType
}

/**
 * Type, scale and zero point of a quantized activation of 8 or 16 bits.
 *
 * @throws UnsupportedError for other types, for a tensor without a scale, and for int16 with a zero point.
 */
export function quantizedActivation(
  context: AnyContext,
  tensor: RuntimeTensor,
  supports: readonly string[],
): QuantizedActivation {
  const { type } = tensor
  if (type !== 'int8' && type !== 'uint8' && type !== 'int16') throw unsupportedTypes(context, supports)
  const { scale, zeroPoint } = scaleOf(context, tensor)
  if (type !== 'int16' || zeroPoint === 0) return { type, scale, zeroPoint }
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${context.kind}, tensor ${tensor.name}`,
    found: `int16 with zero point ${zeroPoint}`,
    expected: 'zero point 0',
  })
}
