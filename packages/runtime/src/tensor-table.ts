import { ModelFormatError, bytesPerElement, elementCount } from '@quantrx/core'
import type { Shape, TensorData } from '@quantrx/core'
import type { Model, Tensor } from '@quantrx/tflite'
import { checkedShape, describeTensor } from './memory.ts'
import type { RuntimeTensor } from './operator.ts'

/** The tensors of a subgraph that is being checked. */
export interface TensorTable {
  /**
   * The tensor of an index; it exists from when something first refers to it, so unused tensors cost nothing.
   *
   * @throws ModelFormatError naming the path of the reference when there is none.
   */
  at(index: number, path: string): RuntimeTensor
  /** An input of the subgraph, which has no values of its own, with another shape than the stored one where it is given. */
  input(index: number, path: string, shape: Shape | undefined): RuntimeTensor
}

/** The tensors of a subgraph. */
export function tensorTable(model: Model, subgraphIndex: number): TensorTable {
  const tensors = model.subgraphs?.[subgraphIndex]?.tensors
  const made = new Map<number, RuntimeTensor>()
  const stored = (index: number, path: string): Tensor => {
    const tensor = tensors?.[index]
    if (tensor !== undefined) return tensor
    throw new ModelFormatError({
      stage: 'runtime',
      subject: `subgraphs[${subgraphIndex}].${path}`,
      found: `tensor ${index}`,
      expected: `an index below ${tensors?.length ?? 0}`,
    })
  }
  const add = (index: number, tensor: Tensor): RuntimeTensor => {
    const described = describeTensor(model, subgraphIndex, index, asRuntimeKnowsIt(tensor))
    made.set(index, described)
    return described
  }
  return {
    at: (index, path) => made.get(index) ?? add(index, stored(index, path)),
    input(index, path, shape) {
      const tensor = stored(index, path)
      return (
        made.get(index) ?? add(index, { ...tensor, buffer: 0, ...(shape === undefined ? {} : { shape }) })
      )
    },
  }
}

/** Sizes that are open are 1 until more is known; handles of resources are numbers. */
function asRuntimeKnowsIt(tensor: Tensor): Tensor {
  const shape = (tensor.shape ?? []).map((size) => (size === -1 ? 1 : size))
  return { ...tensor, shape, type: tensor.type === 'RESOURCE' ? 'INT32' : tensor.type }
}

/** Gives a tensor that has no values yet another shape. */
export function reshapeTensor(tensor: RuntimeTensor, shape: Shape): void {
  const changing: { shape: Shape; data: TensorData } = tensor
  changing.shape = checkedShape(shape, tensor.type, tensor.name)
  const length = elementCount(shape)
  changing.data = { length, byteLength: length * bytesPerElement(tensor.type) } as unknown as TensorData
}

/** True where the file leaves sizes of a tensor open. */
export function isOpen({ shape = [], shapeSignature = [] }: Tensor): boolean {
  return shape.includes(-1) || shapeSignature.includes(-1)
}
