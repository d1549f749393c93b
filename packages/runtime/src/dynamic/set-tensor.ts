import { ShapeError, allocate, elementCount, formatShape, sameShape } from '@quantrx/core'
import type { DataType, Shape, TensorData } from '@quantrx/core'
import { checkedShape } from '../memory.ts'
import type { RuntimeTensor } from '../operator.ts'

/** Gives a dynamic tensor a shape and room for its values. */
export function shapeTensor(tensor: RuntimeTensor, shape: Shape): void {
  if (tensor.data.buffer !== undefined && sameShape(tensor.shape, shape)) return
  const changing: { shape: Shape; data: TensorData } = tensor
  changing.shape = checkedShape(shape, tensor.type, tensor.name)
  changing.data = allocate(tensor.type, elementCount(shape))
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
    throw new ShapeError({
      stage: 'runtime',
      subject: tensor.name,
      found: `${value.type} ${formatShape(value.shape)}`,
      expected: `${tensor.type} ${formatShape(tensor.shape)}`,
    })
  }
  ;(tensor.data as Float32Array).set(value.data as Float32Array)
}
