import { viewBytes } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { StoredParameters } from '../plan/plan.ts'
import { quantizeActivations } from '../parameters/activation.ts'
import { balanceRounding } from '../parameters/balanced-rounding.ts'
import { quantizeBias, quantizeWideBias } from '../parameters/bias.ts'
import { encodeFloat16 } from '../parameters/float16.ts'
import { blocks, packInt4, quantizeSymmetric } from '../parameters/symmetric.ts'

/** A float32 constant as its plan wants it: symmetric weights, activations, a bias, or float16. */
export function quantizeConstant(bytes: Uint8Array, shape: Shape, parameters: StoredParameters): Uint8Array {
  const stored = storedValues(viewBytes('float32', bytes), shape, parameters)
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength)
}

function storedValues(
  values: Float32Array,
  shape: Shape,
  parameters: StoredParameters,
): ArrayBufferView<ArrayBufferLike> {
  const { type, scales, zeroPoints, axis, narrow = false, blockSize } = parameters
  if (type === 'float16') return encodeFloat16(values)
  if (type === 'int32') return quantizeBias(values, scales)
  if (type === 'int64') return quantizeWideBias(values, scales)
  if (type === 'int16' || (type === 'int8' && !narrow && scales.length === 1)) {
    return quantizeActivations(values, type, { scale: scales[0] ?? 1, zeroPoint: zeroPoints[0] ?? 0 })
  }
  const slices =
    blockSize === undefined
      ? { values, shape, axis: scales.length > 1 ? axis : undefined }
      : { values, ...blocks(values.length, blockSize) }
  const bits = type === 'int4' ? 4 : 8
  const nearest = quantizeSymmetric(slices, scales, bits)
  const levels = parameters.rounding === 'balanced' ? balanceRounding(slices, scales, nearest, bits) : nearest
  return type === 'int4' ? packInt4(levels) : levels
}
