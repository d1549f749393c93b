import type { Buffer, Model, Tensor, TensorQuantization } from '@quantrx/tflite'
import { mainGraph } from './slice-operators.ts'

/** New contents of one constant of the main subgraph. */
export interface ConstantReplacement {
  readonly tensor: number
  readonly data: Uint8Array
  /** New scales, where they change. */
  readonly quantization?: TensorQuantization
}

/** A model with other constants; other tensors that shared their bytes keep the old ones. The model is not altered. */
export function replaceConstants(model: Model, replacements: readonly ConstantReplacement[]): Model {
  const buffers: Buffer[] = [...(model.buffers ?? [])]
  const tensors: Tensor[] = [...(mainGraph(model).tensors ?? [])]
  const users = bufferUsers(model)
  for (const { tensor, data, quantization } of replacements) {
    const old = tensors[tensor]!
    const shared = (users.get(old.buffer) ?? 0) > 1
    const buffer = shared ? buffers.length : old.buffer
    buffers[buffer] = { offset: 0n, size: 0n, data }
    if (shared) users.set(old.buffer, users.get(old.buffer)! - 1)
    tensors[tensor] = { ...old, buffer, ...(quantization === undefined ? {} : { quantization }) }
  }
  const graphs = model.subgraphs ?? []
  return { ...model, buffers, subgraphs: [{ ...mainGraph(model), tensors }, ...graphs.slice(1)] }
}

function bufferUsers(model: Model): Map<number, number> {
  const users = new Map<number, number>()
  const count = (buffer: number): void => void users.set(buffer, (users.get(buffer) ?? 0) + 1)
  for (const { tensors = [] } of model.subgraphs ?? []) for (const { buffer } of tensors) count(buffer)
  for (const { buffer } of model.metadata ?? []) count(buffer)
  return users
}
