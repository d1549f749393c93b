import { elementCount, roundHalfAwayFromZero } from '@quantrx/core'
import type { Model, Tensor } from '@quantrx/tflite'
import { float32Values } from '../float-constants/float32-values.ts'
import type { TrainedQuantization } from './trained-quantization.ts'

/** A float32 constant as its integers have it; undefined for what is no such constant. */
export function fakeConstant(
  model: Model,
  tensor: Tensor | undefined,
  { parameters: { scales, zeroPoints, axis }, limits }: TrainedQuantization,
): Float32Array | undefined {
  const values = float32Values(model, tensor)
  if (values === undefined) return undefined
  const shape = tensor?.shape ?? []
  const [slices, inner] = [shape[axis] ?? 1, elementCount(shape.slice(axis + 1))]
  return Float32Array.from(values, (value, at) => {
    const slice = scales.length === 1 ? 0 : Math.floor(at / inner) % slices
    const [scale, zeroPoint] = [scales[slice]!, zeroPoints[slice]!]
    const level = roundHalfAwayFromZero(Math.fround(value / scale)) + zeroPoint
    return (Math.max(limits.min, Math.min(limits.max, level)) - zeroPoint) * scale
  })
}
