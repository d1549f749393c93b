import { elementCount, unpackIntegers, viewBytes } from '@quantrx/core'
import { constantBytes, dataTypeOf, quantizationOf } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { float16Value } from '../parameters/float16.ts'

/**
 * The real numbers that a constant stands for: float32 and float16 values, and integers of 2 to 16 bits with scales of their
 * own, one or one for each slice; undefined for everything else.
 */
export function realConstant(model: Model, tensor: Tensor | undefined): Float32Array | undefined {
  if (tensor === undefined) return undefined
  const bytes = constantBytes(model, tensor)
  const shape = tensor.shape ?? []
  const count = elementCount(shape)
  if (bytes === undefined || shape.some((size) => size < 0)) return undefined
  const stored = storedValues(tensor, bytes, count)
  if (stored?.length !== count) return undefined
  if (tensor.type === 'FLOAT32') return stored as Float32Array
  if (tensor.type === 'FLOAT16') return Float32Array.from(stored, float16Value)
  const { scales = [], zeroPoints = [], axis = 0 } = quantizationOf(tensor) ?? {}
  const [slices, inner] = [shape[axis] ?? 1, elementCount(shape.slice(axis + 1))]
  if (scales.length === 0 || (scales.length > 1 && scales.length !== slices)) return undefined
  return Float32Array.from(stored, (value, at) => {
    const slice = scales.length === 1 ? 0 : Math.floor(at / inner) % slices
    return scales[slice]! * (value - (zeroPoints[slice] ?? 0))
  })
}

function storedValues(
  tensor: Tensor,
  bytes: Uint8Array,
  count: number,
): Float32Array | Uint16Array | Int8Array | Uint8Array | Int16Array | undefined {
  const bits = tensor.type === 'INT4' ? 4 : tensor.type === 'INT2' ? 2 : undefined
  if (bits !== undefined)
    return 8 * bytes.length >= bits * count ? unpackIntegers(bytes, bits, count) : undefined
  const type = dataTypeOf(tensor)
  switch (type) {
    case 'float32':
    case 'float16':
    case 'int8':
    case 'uint8':
    case 'int16':
      return viewBytes(type, bytes)
    default:
      return undefined
  }
}
