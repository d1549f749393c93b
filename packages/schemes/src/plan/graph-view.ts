import type { Shape } from '@quantrx/core'
import { isConstant } from '@quantrx/tflite'
import type { Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import { float32Values } from '../float-constants/float32-values.ts'
import { largestMagnitudes } from '../parameters/symmetric.ts'
import type { Slices } from '../parameters/symmetric.ts'
import type { TrainedQuantization } from '../fake-quantization/trained-quantization.ts'
import { allFinite } from './all-finite.ts'

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
  /** True for a float32 constant without NaN and infinities; found out once. */
  isFinite(index: number): boolean
  /** Largest magnitude of each slice of a float32 constant, one for the whole without an axis; found out once. */
  magnitudesOf(index: number, slices: Pick<Slices, 'shape' | 'axis'>): readonly number[]
  /** How training has quantized a tensor, if the model says so. */
  trained(index: number): TrainedQuantization | undefined
  /** Position of the operator that computes a tensor; undefined for inputs and constants. */
  producerOf(index: number): number | undefined
  /** Positions of the operators that use a tensor. */
  consumersOf(index: number): readonly number[]
}

/** The view of a subgraph; undefined when the model has no such subgraph. */
export function graphView(
  model: Model,
  subgraph: number,
  trained?: ReadonlyMap<number, TrainedQuantization>,
): GraphView | undefined {
  const graph = model.subgraphs?.[subgraph]
  if (graph === undefined) return undefined
  const { producers, consumers } = links(graph)
  const tensor = (index: number): Tensor | undefined => graph.tensors?.[index]
  const floatConstant = (index: number): Float32Array | undefined => float32Values(model, tensor(index))
  const finite = new Map<number, boolean>()
  const magnitudes = new Map<string, readonly number[]>()
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
    floatConstant,
    isFinite: (index) =>
      once(finite, index, () => {
        const values = floatConstant(index)
        return values !== undefined && allFinite(values)
      }),
    magnitudesOf: (index, { shape, axis }) =>
      once(magnitudes, `${index} ${axis} ${shape.join()}`, () =>
        largestMagnitudes({ values: floatConstant(index) ?? new Float32Array(), shape, axis }),
      ),
    trained: (index) => trained?.get(index),
    producerOf: (index) => producers.get(index),
    consumersOf: (index) => consumers.get(index) ?? [],
  }
}

function once<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const before = known.get(key)
  if (before !== undefined) return before
  const value = find()
  known.set(key, value)
  return value
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
