import { bytesPerElement } from '@quantrx/core'
import { UnsupportedError } from '@quantrx/core'
import { constantBytes, dataTypeOf } from '../graph.ts'
import type { Buffer, Model, Tensor } from '../types.ts'
import { denseBytes } from './dense-bytes.ts'

/**
 * A model whose sparse constants are stored with their zeros; the same model where there are none. Nothing else changes, so
 * that DENSIFY becomes a copy.
 *
 * @throws ModelFormatError for descriptions that do not fit.
 * @throws UnsupportedError naming a tensor of a type of less than 8 bits.
 */
export function denseModel(model: Model): Model {
  const subgraphs = model.subgraphs ?? []
  if (!subgraphs.some(({ tensors }) => tensors?.some(({ sparsity }) => sparsity !== undefined) === true))
    return model
  const buffers: Buffer[] = [...(model.buffers ?? [])]
  const dense = (tensor: Tensor): Tensor => {
    const { sparsity, ...others } = tensor
    if (sparsity === undefined) return tensor
    const stored = constantBytes(model, tensor)
    if (stored === undefined) return others
    const data = denseBytes(tensor, stored, elementBytes(tensor))
    return { ...others, buffer: buffers.push({ data, offset: 0n, size: 0n }) - 1 }
  }
  const made = subgraphs.map((graph) =>
    graph.tensors === undefined ? graph : { ...graph, tensors: graph.tensors.map(dense) },
  )
  return { ...model, subgraphs: made, buffers }
}

function elementBytes(tensor: Tensor): number {
  const type = dataTypeOf(tensor)
  if (type !== undefined) return bytesPerElement(type)
  throw new UnsupportedError({
    stage: 'model',
    subject: `sparse tensor "${tensor.name ?? ''}"`,
    found: tensor.type,
    expected: 'a type of 8 bits or more',
    nextStep: 'Export the model with dense weights',
  })
}
