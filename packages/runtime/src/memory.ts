import {
  ShapeError,
  UnsupportedError,
  allocate,
  bytesPerElement,
  elementCount,
  viewBytes,
} from '@quantrx/core'
import type { DataType, Shape, TensorData } from '@quantrx/core'
import { constantBytes, dataTypeOf, quantizationOf } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import type { RuntimeTensor } from './operator.ts'

/** Largest tensor that is given memory, so that a hostile shape is an error and not an exhausted machine. */
const maximumBytes = 2 ** 31

/** Gives the tensor at `index` its memory: constants are views on the model's bytes, all others are zeroed arrays. */
export function tensorMemory(model: Model, subgraph: number, index: number, tensor: Tensor): RuntimeTensor {
  const path = `subgraphs[${subgraph}].tensors[${index}]`
  const name = tensor.name ?? ''
  const type = dataTypeOf(tensor)
  if (type === undefined) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: `${path} ${name}`,
      found: `a tensor of type ${tensor.type}`,
      expected: 'a numeric type of 8 bits or more',
    })
  }
  const shape = checkedShape(tensor.shape ?? [], type, `${path} ${name}`)
  const constant = constantBytes(model, tensor)
  const quantization = quantizationOf(tensor)
  return {
    index,
    name,
    type,
    shape,
    ...(quantization === undefined ? {} : { quantization }),
    data:
      constant === undefined
        ? allocate(type, elementCount(shape))
        : constantView(constant, type, shape, `${path} ${name}`),
    constant: constant !== undefined,
  }
}

function checkedShape(shape: Shape, type: DataType, subject: string): Shape {
  const bytes = elementCount(shape) * bytesPerElement(type)
  if (shape.every((size) => size >= 0) && bytes <= maximumBytes) return shape
  throw new ShapeError({
    stage: 'runtime',
    subject,
    found: `shape [${shape.join(', ')}]`,
    expected: `sizes of 0 or more and at most ${maximumBytes} bytes in all`,
    nextStep: 'Fix the dimensions of the model when it is exported',
  })
}

function constantView(bytes: Uint8Array, type: DataType, shape: Shape, subject: string): TensorData {
  const wanted = elementCount(shape) * bytesPerElement(type)
  if (bytes.byteLength < wanted) {
    throw new ShapeError({
      stage: 'runtime',
      subject,
      found: `${bytes.byteLength} bytes of constant data`,
      expected: `${wanted} bytes for ${type} [${shape.join(', ')}]`,
    })
  }
  return viewBytes(type, bytes.subarray(0, wanted))
}
