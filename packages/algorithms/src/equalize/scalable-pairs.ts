import { constantBytes, operatorKind } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { viewBytes } from '@quantrx/core'
import { mainGraph } from '../graph/slice-operators.ts'

/** An operator with weights at one end of a pair. */
export interface PairEnd {
  readonly operator: number
  readonly weights: { readonly tensor: number; readonly values: Float32Array }
  readonly bias?: { readonly tensor: number; readonly values: Float32Array }
  /** Channel, of those between the ends, that a weight belongs to. */
  channelOf(at: number): number
  /** True where every output depends on all channels, false where on one of them. */
  readonly mixesChannels: boolean
}

/**
 * Two operators with weights between which every channel can be scaled: what the first makes larger, the second makes
 * smaller, and nothing between them or beside them notices.
 */
export interface ScalablePair {
  readonly channels: number
  readonly producer: PairEnd
  readonly consumer: PairEnd
  /** Activations between them, in order; all scaled. */
  readonly tensors: readonly number[]
  /** Positions in `tensors` behind which values were cut at 6, whose meaning must not change. */
  readonly limited: readonly number[]
}

/** Operators that scale along: what they make of a multiple of a channel is that multiple of what they make of it. */
const homogeneous = new Set(['RELU', 'RELU6', 'PAD', 'MAX_POOL_2D', 'AVERAGE_POOL_2D', 'RESHAPE', 'SQUEEZE'])

/** All pairs of the main subgraph, in execution order. */
export function scalablePairs(model: Model): readonly ScalablePair[] {
  return (mainGraph(model).operators ?? []).flatMap((_, at) => pairFrom(model, at) ?? [])
}

function pairFrom(model: Model, position: number): ScalablePair | undefined {
  const { operators = [], tensors: all = [], outputs: results = [] } = mainGraph(model)
  const producer = producerEnd(model, position)
  if (producer === undefined) return undefined
  const first = operators[position]!.outputs![0]!
  const channels = all[first]?.shape?.at(-1) ?? 0
  const tensors: number[] = []
  const limited: number[] = []
  let [at, tensor] = [position, first]
  for (;;) {
    const operator = operators[at]!
    const activation = activationOf(model, operator)
    if (activation === undefined) return undefined
    if (activation === 'RELU6') limited.push(tensor)
    tensors.push(tensor)
    const users = operators.flatMap(({ inputs = [] }, user) => (inputs.includes(tensor) ? [user] : []))
    if (users.length !== 1 || results.includes(tensor)) return undefined
    at = users[0]!
    const consumer = consumerEnd(model, at, tensor, channels)
    if (consumer !== undefined) return { channels, producer, consumer, tensors, limited }
    const next = operators[at]!
    if (!homogeneous.has(operatorKind(model, next)) || next.inputs?.[0] !== tensor) return undefined
    tensor = next.outputs?.[0] ?? -1
    if ((all[tensor]?.shape?.at(-1) ?? 0) % channels !== 0 || (next.outputs ?? []).length !== 1)
      return undefined
  }
}

/** Fused activation or kind of an operator between two ends; undefined for one that does not scale along. */
function activationOf(model: Model, operator: Operator): 'NONE' | 'RELU' | 'RELU6' | undefined {
  const kind = operatorKind(model, operator)
  if (kind === 'RELU' || kind === 'RELU6') return kind
  const { builtinOptions } = operator
  if (builtinOptions === undefined || !('fusedActivationFunction' in builtinOptions)) return 'NONE'
  const fused = builtinOptions.fusedActivationFunction
  return fused === 'NONE' || fused === 'RELU' || fused === 'RELU6' ? fused : undefined
}

function producerEnd(model: Model, position: number): PairEnd | undefined {
  const operator = mainGraph(model).operators![position]!
  const kind = operatorKind(model, operator)
  const end = endAt(model, position)
  if (end === undefined || (operator.outputs ?? []).length !== 1) return undefined
  const { shape } = end
  const channels = shape.at(kind === 'DEPTHWISE_CONV_2D' ? -1 : 0) ?? 1
  const inner = end.weights.values.length / channels
  const channelOf =
    kind === 'DEPTHWISE_CONV_2D' ? (at: number) => at % channels : (at: number) => Math.floor(at / inner)
  return { ...end, channelOf, mixesChannels: kind !== 'DEPTHWISE_CONV_2D' }
}

function consumerEnd(model: Model, position: number, input: number, channels: number): PairEnd | undefined {
  const operator = mainGraph(model).operators![position]!
  const kind = operatorKind(model, operator)
  const end = endAt(model, position)
  if (end === undefined || operator.inputs?.[0] !== input) return undefined
  const depth = end.shape.at(-1) ?? 1
  const inputDepth = mainGraph(model).tensors![input]!.shape?.at(-1) ?? 0
  if (kind !== 'FULLY_CONNECTED' && inputDepth !== channels) return undefined
  if (kind === 'DEPTHWISE_CONV_2D') {
    const multiplier = depth / channels
    return { ...end, mixesChannels: false, channelOf: (at) => Math.floor((at % depth) / multiplier) }
  }
  // Grouped convolutions see a part of the channels each; flattened images have all channels of one position side by side.
  if (kind === 'CONV_2D' ? depth !== channels : depth % channels !== 0) return undefined
  return { ...end, mixesChannels: true, channelOf: (at) => (at % depth) % channels }
}

function endAt(model: Model, position: number) {
  const operator = mainGraph(model).operators![position]!
  const kind = operatorKind(model, operator)
  if (kind !== 'CONV_2D' && kind !== 'DEPTHWISE_CONV_2D' && kind !== 'FULLY_CONNECTED') return undefined
  const weights = constantOf(model, operator.inputs?.[1] ?? -1)
  const biasIndex = operator.inputs?.[2] ?? -1
  const bias = constantOf(model, biasIndex)
  if (weights === undefined || (biasIndex >= 0 && bias === undefined)) return undefined
  return { operator: position, weights, shape: weights.shape, ...(bias && { bias }) }
}

/** A float constant that no other operator uses. */
function constantOf(model: Model, tensor: number) {
  const each = mainGraph(model).tensors?.[tensor]
  const bytes = each && constantBytes(model, each)
  const users = (mainGraph(model).operators ?? []).filter(({ inputs = [] }) => inputs.includes(tensor))
  if (each?.type !== 'FLOAT32' || bytes === undefined || users.length !== 1) return undefined
  return { tensor, values: viewBytes('float32', bytes), shape: each.shape ?? [] }
}
