import { readModel, writeModel } from '@quantrx/tflite'
import type { Buffer, Operator, Tensor } from '@quantrx/tflite'

/** Changes to a model of one subgraph; each gets a part and its index, and gives what replaces it. */
export interface ModelEdits {
  readonly tensor?: (tensor: Tensor, index: number) => Tensor
  readonly operator?: (operator: Operator) => Operator
  readonly buffer?: (buffer: Buffer, index: number) => Buffer
}

const keep = <Part>(part: Part): Part => part

/** A model file with some of its parts replaced. */
export function editModel(bytes: Uint8Array, edits: ModelEdits): Uint8Array {
  const { tensor = keep, operator = keep, buffer = keep } = edits
  const model = readModel(bytes)
  return writeModel({
    ...model,
    buffers: (model.buffers ?? []).map(buffer),
    subgraphs: (model.subgraphs ?? []).map((subgraph) => ({
      ...subgraph,
      tensors: (subgraph.tensors ?? []).map(tensor),
      operators: (subgraph.operators ?? []).map(operator),
    })),
  })
}

/** The tensor with other scales and one zero point, and perhaps of another type. */
export function requantized(
  tensor: Tensor,
  scale: readonly number[],
  zeroPoint: number,
  type = tensor.type,
): Tensor {
  const zeroPoints = scale.map(() => BigInt(zeroPoint))
  return {
    ...tensor,
    type,
    quantization: { quantizedDimension: 0, ...tensor.quantization, scale, zeroPoint: zeroPoints },
  }
}
