import {
  ShapeError,
  allocate,
  bytesPerElement,
  elementCount,
  formatShape,
  sameShape,
  viewBytes,
} from '@quantrx/core'
import type { DataType, Shape, Tensor, TensorData } from '@quantrx/core'
import { checkedShape } from '../memory.ts'
import type { RuntimeTensor } from '../operator.ts'

/**
 * Gives a dynamic tensor a shape and room for its values.
 *
 * @throws ShapeError for another tensor, whose shape the file has promised, when it is another one.
 */
export function shapeTensor(tensor: RuntimeTensor, shape: Shape): void {
  if (tensor.data.buffer !== undefined && sameShape(tensor.shape, shape)) return
  if (tensor.dynamic !== true) throw otherShape(tensor, { type: tensor.type, shape })
  const changing: { shape: Shape; data: TensorData } = tensor
  changing.shape = checkedShape(shape, tensor.type, tensor.name)
  changing.data = roomFor(tensor, elementCount(shape))
}

/** The memory that the tensor has where it is large enough: loops shape tensors each time they go round. */
function roomFor({ type, data }: RuntimeTensor, length: number): TensorData {
  const bytes = length * bytesPerElement(type)
  if (data.buffer === undefined || data.buffer.byteLength < bytes) return allocate(type, length)
  return viewBytes(type, new Uint8Array(data.buffer, 0, bytes))
}

/**
 * Copies values into a tensor; a dynamic one takes their shape.
 *
 * @throws ShapeError for values of another type, or another shape where the tensor has one.
 */
export function setTensor(
  tensor: RuntimeTensor,
  value: { readonly type: DataType; readonly shape: Shape; readonly data: TensorData },
): void {
  if (tensor.dynamic === true && tensor.type === value.type) shapeTensor(tensor, value.shape)
  if (tensor.type !== value.type || !sameShape(tensor.shape, value.shape)) {
    throw otherShape(tensor, value)
  }
  ;(tensor.data as Float32Array).set(value.data as Float32Array)
}

function otherShape(tensor: RuntimeTensor, { type, shape }: Pick<Tensor, 'type' | 'shape'>): ShapeError {
  return new ShapeError({
    stage: 'runtime',
    subject: tensor.name,
    found: `${type} ${formatShape(shape)}`,
    expected: `${tensor.type} ${formatShape(tensor.shape)}`,
  })
}
