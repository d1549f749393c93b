import { constantBytes } from '@quantrx/tflite'
import type { Model, SubGraph } from '@quantrx/tflite'

/** A half-open range of operator positions. */
export interface OperatorRange {
  readonly from: number
  readonly to: number
}

/**
 * The part of a model's main subgraph that runs the operators `from` to `to` (excluded), as a model of its own. Its inputs
 * are the activations that these operators take from elsewhere, its outputs those that later operators or the model's user
 * take from them; {@link sliceInputs} and {@link sliceOutputs} say which. Tensors keep their indices, constants their bytes.
 *
 * @example
 * const program = await compile(sliceOperators(model, { from: 3, to: 4 }))
 */
export function sliceOperators(model: Model, range: OperatorRange): Model {
  const { signatureDefs: _signatures, ...others } = model
  const graph = mainGraph(model)
  const operators = (graph.operators ?? []).slice(range.from, range.to)
  const [inputs, outputs] = [sliceInputs(model, range), sliceOutputs(model, range)]
  return { ...others, subgraphs: [{ ...graph, operators, inputs, outputs }, ...others.subgraphs!.slice(1)] }
}

/** Tensors that the operators of a range take from outside of it, in ascending order. */
export function sliceInputs(model: Model, { from, to }: OperatorRange): readonly number[] {
  const operators = (mainGraph(model).operators ?? []).slice(from, to)
  const own = new Set(operators.flatMap(({ outputs = [] }) => outputs))
  const used = new Set(operators.flatMap(({ inputs = [] }) => inputs))
  return [...used].filter((tensor) => !own.has(tensor) && isActivation(model, tensor)).sort(ascending)
}

/** Tensors that the operators of a range make for what is outside of it, in ascending order. */
export function sliceOutputs(model: Model, { from, to }: OperatorRange): readonly number[] {
  const { operators = [], outputs: results = [] } = mainGraph(model)
  const made = new Set(operators.slice(from, to).flatMap(({ outputs = [] }) => outputs))
  const wanted = new Set([...operators.slice(to).flatMap(({ inputs = [] }) => inputs), ...results])
  return [...made].filter((tensor) => wanted.has(tensor)).sort(ascending)
}

/** The subgraph that a model runs: the first one. */
export const mainGraph = (model: Model): SubGraph => model.subgraphs?.[0] ?? { debugMetadataIndex: -1 }

/** True for tensors that are computed, or given from outside; variables belong to the operator that keeps its state there. */
export function isActivation(model: Model, index: number): boolean {
  const tensor = mainGraph(model).tensors?.[index]
  return tensor !== undefined && !tensor.isVariable && constantBytes(model, tensor) === undefined
}

const ascending = (a: number, b: number): number => a - b
