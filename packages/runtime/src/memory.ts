import {
  ShapeError,
  UnsupportedError,
  bytesPerElement,
  elementCount,
  unpackIntegers,
  viewBytes,
} from '@quantrx/core'
import type { DataType, Shape, TensorData } from '@quantrx/core'
import { constantBytes, dataTypeOf } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { blockScalesOf } from './block-scales.ts'
import type { RuntimeTensor } from './operator.ts'
import { checkedQuantization } from './tensor-quantization.ts'

/** Largest tensor that is given memory, so that a hostile shape is an error and not an exhausted machine. */
const maximumBytes = 2 ** 31

/**
 * The tensor at `index` of a subgraph: a constant is a view on the model's bytes, any other has no values until
 * {@link placeTensor} gives it memory.
 */
export function describeTensor(model: Model, subgraph: number, index: number, tensor: Tensor): RuntimeTensor {
  const path = `subgraphs[${subgraph}].tensors[${index}]`
  const name = tensor.name ?? ''
  const packedBits = packedBitsOf(model, tensor)
  const type = packedBits === undefined ? dataTypeOf(tensor) : 'int8'
  if (type === undefined) {
    throw new UnsupportedError({
      stage: 'runtime',
      subject: `${path} ${name}`,
      found: `a tensor of type ${tensor.type}`,
      expected: 'a numeric type of 8 bits or more',
      nextStep: 'Split the model behind the operators that take it, and give their results to the rest',
    })
  }
  const shape = checkedShape(tensor.shape ?? [], type, `${path} ${name}`)
  const stored = constantBytes(model, tensor)
  const constant = packedBits === undefined ? stored : unpacked(stored, packedBits, shape, `${path} ${name}`)
  if (tensor.isVariable && model.buffers?.[tensor.buffer]?.data?.length)
    throw variableWithValues(`${path} ${name}`)
  const quantization = checkedQuantization(tensor, type, `${path} ${name}`)
  const blocks = blockScalesOf(model, subgraph, tensor, `${path} ${name}`)
  return {
    index,
    name,
    type,
    shape,
    ...(quantization === undefined ? {} : { quantization }),
    ...(blocks === undefined ? {} : { blocks }),
    data:
      constant === undefined
        ? withoutValues(type, elementCount(shape))
        : constantView(constant, type, shape, `${path} ${name}`),
    constant: constant !== undefined,
    ...(packedBits === undefined ? {} : { storedBits: packedBits }),
    ...(tensor.isVariable ? { variable: true } : {}),
  }
}

function variableWithValues(subject: string): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject,
    found: 'a variable tensor with values in the file',
    expected: 'a variable without: it starts at zero',
    nextStep: 'Export the model with states that start at zero',
  })
}

/** Bits of the elements of a constant of less than 8, which kernels find unpacked to int8. */
function packedBitsOf(model: Model, tensor: Tensor): 2 | 4 | undefined {
  if (constantBytes(model, tensor) === undefined) return undefined
  if (tensor.type === 'INT4') return 4
  return tensor.type === 'INT2' ? 2 : undefined
}

function unpacked(bytes: Uint8Array | undefined, bits: 2 | 4, shape: Shape, subject: string): Uint8Array {
  const [count, length] = [elementCount(shape), bytes?.byteLength ?? 0]
  if (bytes !== undefined && length * 8 >= count * bits) {
    return new Uint8Array(unpackIntegers(bytes, bits, count).buffer)
  }
  throw new ShapeError({
    stage: 'runtime',
    subject,
    found: `${length} bytes of constant data`,
    expected: `${Math.ceil((count * bits) / 8)} bytes for int${bits} [${shape.join(', ')}]`,
  })
}

/** Bytes of a tensor's values. */
export function tensorBytes({ type, shape }: RuntimeTensor): number {
  return elementCount(shape) * bytesPerElement(type)
}

/** Gives a tensor its memory, for good. */
export function placeTensor(tensor: RuntimeTensor, buffer: ArrayBufferLike, address: number): void {
  const placed: { data: TensorData } = tensor
  placed.data = viewBytes(tensor.type, new Uint8Array(buffer, address, tensorBytes(tensor)))
}

/** Stands for values that do not exist yet; only its length may be looked at. */
function withoutValues(type: DataType, length: number): TensorData {
  return { length, byteLength: length * bytesPerElement(type) } as unknown as TensorData
}

/**
 * A shape that a tensor can have.
 *
 * @throws ShapeError for sizes below 0, or too many bytes.
 */
export function checkedShape(shape: Shape, type: DataType, subject: string): Shape {
  const bytes = elementCount(shape) * bytesPerElement(type)
  if (shape.every((size) => Number.isInteger(size) && size >= 0) && bytes <= maximumBytes) return shape
  throw new ShapeError({
    stage: 'runtime',
    subject,
    found: `shape [${shape.join(', ')}]`,
    expected: `whole sizes of 0 or more and at most ${maximumBytes} bytes in all`,
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
