import { elementCount, roundHalfAwayFromZero, viewBytes } from '@quantrx/core'
import { constantBytes } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import type { TrainedQuantization } from './trained-quantization.ts'

/** A float32 constant as its integers have it; undefined for what is no such constant. */
export function fakeConstant(
  model: Model,
  tensor: Tensor | undefined,
  { parameters: { scales, zeroPoints, axis }, limits }: TrainedQuantization,
): Float32Array | undefined {
  const bytes =
    tensor === undefined || tensor.sparsity !== undefined ? undefined : constantBytes(model, tensor)
  const shape = tensor?.shape ?? []
  if (bytes === undefined || bytes.byteLength !== 4 * elementCount(shape)) return undefined
  const [slices, inner] = [shape[axis] ?? 1, elementCount(shape.slice(axis + 1))]
  return Float32Array.from(viewBytes('float32', bytes), (value, at) => {
    const slice = scales.length === 1 ? 0 : Math.floor(at / inner) % slices
    const [scale, zeroPoint] = [scales[slice]!, zeroPoints[slice]!]
    const level = roundHalfAwayFromZero(Math.fround(value / scale)) + zeroPoint
    return (Math.max(limits.min, Math.min(limits.max, level)) - zeroPoint) * scale
  })
}
