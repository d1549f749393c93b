import { elementCount } from '@quantrx/core'
import {
  constantBytes,
  multiplyAccumulates,
  operatorCode,
  operatorKind,
  quantizationOf,
} from '@quantrx/tflite'
import type { Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import type { SettledShapes } from './settled-shapes.ts'

/** A model input or output. */
export interface TensorSummary {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
  readonly scale?: number
  readonly zeroPoint?: number
}

/** What `inspect` tells about a model. */
export interface ModelDescription {
  readonly inputs: readonly TensorSummary[]
  readonly outputs: readonly TensorSummary[]
  /** Number of operators of each kind, over all subgraphs. */
  readonly operators: Readonly<Record<string, number>>
  /** Stored weights and biases. */
  readonly parameters: number
  /** Multiply-accumulates of the convolutions and fully connected layers of one inference. */
  readonly macs: number
  readonly bytes: number
  /** True when weights or activations are quantized. */
  readonly quantized: boolean
  readonly subgraphs: number
  readonly description?: string
}

/**
 * Describes a model whose file has `bytes` bytes.
 *
 * @param settled Shapes that tensors have when the model runs, where the file leaves sizes open.
 */
export function describeModel(model: Model, bytes: number, settled?: SettledShapes): ModelDescription {
  const graphs = model.subgraphs ?? []
  const [main] = graphs
  const operators = graphs.flatMap((graph, subgraph) =>
    (graph.operators ?? []).map((operator) => ({ graph, subgraph, operator })),
  )
  const weights = new Map(operators.flatMap(({ graph, operator }) => weightsOf(model, graph, operator)))
  return {
    inputs: summaries(main, main?.inputs),
    outputs: summaries(main, main?.outputs),
    operators: countKinds(operators.map(({ operator }) => kindName(model, operator))),
    parameters: [...weights.values()].reduce((sum, tensor) => sum + elementCount(tensor.shape ?? []), 0),
    macs: operators.reduce((sum, placed) => sum + macsOf(model, placed, settled), 0),
    bytes,
    quantized: graphs.some((graph) => (graph.tensors ?? []).some(isQuantized)),
    subgraphs: graphs.length,
    ...(model.description === undefined ? {} : { description: model.description }),
  }
}

const isQuantized = (tensor: Tensor): boolean =>
  tensor.type !== 'FLOAT32' && tensor.type !== 'INT32' && quantizationOf(tensor) !== undefined

function kindName(model: Model, operator: Operator): string {
  const kind = operatorKind(model, operator)
  return kind === 'CUSTOM' ? `CUSTOM ${operatorCode(model, operator)?.customCode ?? ''}`.trim() : kind
}

function countKinds(kinds: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const kind of [...kinds].sort()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function summaries(graph: SubGraph | undefined, indices: readonly number[] = []): TensorSummary[] {
  return indices.flatMap((index) => {
    const tensor = graph?.tensors?.[index]
    if (tensor === undefined) return []
    const quantization = quantizationOf(tensor)
    const { name = '', type, shapeSignature, shape = [] } = tensor
    return {
      name,
      type,
      shape: shapeSignature ?? shape,
      ...(quantization === undefined
        ? {}
        : { scale: quantization.scales[0] ?? 0, zeroPoint: quantization.zeroPoints[0] ?? 0 }),
    }
  })
}

/** Constants that hold trained numbers: real ones, or integers that stand for real ones; shapes and axes are not. */
function weightsOf(model: Model, graph: SubGraph, operator: Operator): [Tensor, Tensor][] {
  return (operator.inputs ?? []).flatMap((index): [Tensor, Tensor][] => {
    const tensor = graph.tensors?.[index]
    if (tensor === undefined || constantBytes(model, tensor) === undefined) return []
    const real = tensor.type.startsWith('FLOAT') || tensor.type === 'BFLOAT16'
    return real || quantizationOf(tensor) !== undefined ? [[tensor, tensor]] : []
  })
}

interface PlacedOperator {
  readonly graph: SubGraph
  readonly subgraph: number
  readonly operator: Operator
}

function macsOf(
  model: Model,
  { graph, subgraph, operator }: PlacedOperator,
  settled: SettledShapes = () => undefined,
): number {
  const shape = (index = -1): readonly number[] =>
    settled(subgraph, index) ?? graph.tensors?.[index]?.shape ?? []
  return multiplyAccumulates(
    operatorKind(model, operator),
    shape(operator.inputs?.[1]),
    shape(operator.outputs?.[0]),
  )
}
