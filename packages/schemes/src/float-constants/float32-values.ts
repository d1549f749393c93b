import { elementCount, viewBytes } from '@quantrx/core'
import { constantBytes } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'

/** Values of a float32 constant that is not sparse and fills its shape; undefined for everything else. */
export function float32Values(model: Model, tensor: Tensor | undefined): Float32Array | undefined {
  const dense = tensor?.type === 'FLOAT32' && tensor.sparsity === undefined
  const bytes = dense ? constantBytes(model, tensor) : undefined
  // A shape that the bytes do not fill must not decide how long anything takes.
  const shape = tensor?.shape ?? []
  const filled = shape.every((size) => size >= 0) && bytes?.byteLength === 4 * elementCount(shape)
  return bytes === undefined || !filled ? undefined : viewBytes('float32', bytes)
}
