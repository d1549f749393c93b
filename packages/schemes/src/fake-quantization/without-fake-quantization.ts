import type { Buffer, Model, Operator, SubGraph } from '@quantrx/tflite'
import { withoutUnused } from '../without-unused.ts'
import { fakeConstant } from './fake-constant.ts'
import { fakesOf } from './fakes.ts'
import type { TrainedQuantization } from './trained-quantization.ts'

/** A model without the operators by which training imitates integers, and what they say. */
export interface TrainedModel {
  readonly model: Model
  /** Position in the source of an operator of the model. */
  sourceIndex(subgraph: number, operator: number): number
  /** For each subgraph, what training says of its tensors. */
  readonly trained: readonly ReadonlyMap<number, TrainedQuantization>[]
}

/**
 * Takes out what quantization-aware training leaves in float models: FAKE_QUANT, and QUANTIZE with a DEQUANTIZE behind it. What they
 * say of activations and weights is kept, and holds in place of what would be calibrated (spec section 5). Tensors keep their
 * places; of those that are equal without the operators, one is used.
 */
export function withoutFakeQuantization(source: Model): TrainedModel {
  const buffers: Buffer[] = [...(source.buffers ?? [])]
  const graphs = (source.subgraphs ?? []).map((graph) => withoutFakes({ ...source, buffers }, graph, buffers))
  const unchanged = graphs.every(({ trained }) => trained.size === 0)
  return {
    model: unchanged ? source : { ...source, buffers, subgraphs: graphs.map(({ graph }) => graph) },
    sourceIndex: (subgraph, operator) => graphs[subgraph]?.indices[operator] ?? operator,
    trained: graphs.map(({ trained }) => trained),
  }
}

interface GraphWithoutFakes {
  readonly graph: SubGraph
  readonly indices: readonly number[]
  readonly trained: ReadonlyMap<number, TrainedQuantization>
}

function withoutFakes(model: Model, graph: SubGraph, buffers: Buffer[]): GraphWithoutFakes {
  const { operators = [], inputs = [], outputs: results = [] } = graph
  const tensors = [...(graph.tensors ?? [])]
  const ends = new Set([...inputs, ...results])
  const computed = new Set(operators.flatMap(({ outputs = [] }) => outputs))
  const trained = new Map<number, TrainedQuantization>()
  const removed = new Set<number>()
  const { rename, nameOf } = renaming()
  for (const fake of fakesOf(model, graph)) {
    const { outputs, quantization } = fake
    const shown = outputs.filter((output) => ends.has(output))
    const values = fakeConstant(model, tensors[fake.input], quantization)
    if (values !== undefined && shown.length === 0) {
      const buffer = buffers.push({ data: new Uint8Array(values.buffer), offset: 0n, size: 0n }) - 1
      for (const output of outputs) {
        tensors[output] = { ...tensors[output]!, shape: tensors[fake.input]!.shape ?? [], buffer }
        trained.set(output, quantization)
      }
    } else {
      const input = nameOf(fake.input)
      // An output of the model keeps its place, and takes that of what it is equal to.
      const movable = shown.length === 0 || (shown.length === 1 && computed.has(input) && !ends.has(input))
      if (quantization.parameters.scales.length > 1 || !movable) continue
      const kept = shown[0] ?? input
      rename([input, ...outputs], kept)
      trained.set(kept, quantization)
    }
    for (const operator of fake.operators) removed.add(operator)
  }
  const indices = [...operators.keys()].filter((at) => !removed.has(at))
  if (removed.size === 0) return { graph, indices, trained }
  const rewired = { ...graph, operators: indices.map((at) => withNames(operators[at]!, nameOf)) }
  return { graph: { ...rewired, tensors: withoutUnused(graph, rewired, tensors) }, indices, trained }
}

/** Tensors that others stand for. */
function renaming() {
  const renamed = new Map<number, number>()
  const nameOf = (tensor: number): number => {
    const next = renamed.get(tensor)
    return next === undefined ? tensor : nameOf(next)
  }
  const rename = (tensors: readonly number[], to: number): void => {
    for (const tensor of tensors) if (tensor !== to) renamed.set(tensor, to)
  }
  return { rename, nameOf }
}

const withNames = (
  { inputs, outputs, ...others }: Operator,
  nameOf: (tensor: number) => number,
): Operator => ({
  ...others,
  ...(inputs && { inputs: inputs.map(nameOf) }),
  ...(outputs && { outputs: outputs.map(nameOf) }),
})
