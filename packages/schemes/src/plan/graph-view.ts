import type { Shape } from '@quantrx/core'
import { elementCount, viewBytes } from '@quantrx/core'
import { constantBytes, isConstant } from '@quantrx/tflite'
import type { Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'

/** A subgraph with the questions that planning asks about it. */
export interface GraphView {
  readonly model: Model
  readonly subgraph: number
  readonly operators: readonly Operator[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  tensor(index: number): Tensor | undefined
  /** Name for messages. */
  nameOf(index: number): string
  shapeOf(index: number): Shape
  /** True for float32 tensors that are computed rather than stored. */
  isFloatActivation(index: number): boolean
  /** Values of a float32 constant that is not sparse and fills its shape; undefined for everything else. */
  floatConstant(index: number): Float32Array | undefined
  /** Position of the operator that computes a tensor; undefined for inputs and constants. */
  producerOf(index: number): number | undefined
  /** Positions of the operators that use a tensor. */
  consumersOf(index: number): readonly number[]
}

/** The view of a subgraph; undefined when the model has no such subgraph. */
export function graphView(model: Model, subgraph: number): GraphView | undefined {
  const graph = model.subgraphs?.[subgraph]
  if (graph === undefined) return undefined
  const { producers, consumers } = links(graph)
  const tensor = (index: number): Tensor | undefined => graph.tensors?.[index]
  return {
    model,
    subgraph,
    operators: graph.operators ?? [],
    inputs: graph.inputs ?? [],
    outputs: graph.outputs ?? [],
    tensor,
    nameOf: (index) => tensor(index)?.name ?? `tensor ${index}`,
    shapeOf: (index) => tensor(index)?.shape ?? [],
    isFloatActivation(index) {
      const each = tensor(index)
      return each?.type === 'FLOAT32' && !isConstant(model, each) && !each.isVariable
    },
    floatConstant(index) {
      const each = tensor(index)
      const dense = each?.type === 'FLOAT32' && each.sparsity === undefined
      const bytes = dense ? constantBytes(model, each) : undefined
      // A shape that the bytes do not fill must not decide how long anything takes.
      const shape = each?.shape ?? []
      const filled = shape.every((size) => size >= 0) && bytes?.byteLength === 4 * elementCount(shape)
      return bytes === undefined || !filled ? undefined : viewBytes('float32', bytes)
    },
    producerOf: (index) => producers.get(index),
    consumersOf: (index) => consumers.get(index) ?? [],
  }
}

function links(graph: SubGraph) {
  const producers = new Map<number, number>()
  const consumers = new Map<number, number[]>()
  graph.operators?.forEach(({ inputs = [], outputs = [] }, at) => {
    for (const index of outputs) producers.set(index, at)
    for (const index of inputs) consumers.set(index, [...(consumers.get(index) ?? []), at])
  })
  return { producers, consumers }
}
