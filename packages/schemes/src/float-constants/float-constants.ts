import { constantBytes, denseModel, operatorKind, withBuiltinOperators } from '@quantrx/tflite'
import type { Buffer, Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import { storedWeightsOf } from '../rule.ts'
import { ruleOf } from '../rule-registry.ts'
import { withoutUnused } from '../without-unused.ts'
import { realConstant } from './real-constant.ts'

/** A model with float32 constants, and where its operators stand in the source. */
export interface FloatConstants {
  readonly model: Model
  /** Position in the source of an operator of the model. */
  sourceIndex(subgraph: number, operator: number): number
}

/**
 * A model whose weights are float32 constants, so that a file with float16, int8 or sparse weights can be quantized like the
 * float model it was made from: constants behind a DEQUANTIZE, a DENSIFY or both take their place, unless they are outputs of the model, and
 * integer weights of operators that compute in float32 become real numbers. Tensors keep their places, so that a calibration of the source fits.
 */
export function floatConstants(source: Model): FloatConstants {
  const dense = denseModel(withBuiltinOperators(source))
  const buffers: Buffer[] = [...(dense.buffers ?? [])]
  const kept = (dense.subgraphs ?? []).map((graph) => floatGraph({ ...dense, buffers }, graph, buffers))
  const unchanged = dense === source && kept.every(({ graph }, at) => graph === dense.subgraphs?.[at])
  return {
    model: unchanged ? source : { ...dense, buffers, subgraphs: kept.map(({ graph }) => graph) },
    sourceIndex: (subgraph, operator) => kept[subgraph]?.indices[operator] ?? operator,
  }
}

interface FloatGraph {
  readonly graph: SubGraph
  /** Positions of the remaining operators before. */
  readonly indices: readonly number[]
}

function floatGraph(model: Model, graph: SubGraph, buffers: Buffer[]): FloatGraph {
  const tensors = [...(graph.tensors ?? [])]
  const indices: number[] = []
  const operators: Operator[] = []
  const setConstant = (at: number, values: Float32Array, tensor: Tensor): void => {
    const { quantization: _stored, ...others } = tensor
    const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    tensors[at] = { ...others, type: 'FLOAT32', buffer: buffers.push({ data, offset: 0n, size: 0n }) - 1 }
  }
  graph.operators?.forEach((operator, at) => {
    const [input, output] = [tensors[operator.inputs?.[0] ?? -1], operator.outputs?.[0] ?? -1]
    const tensor = tensors[output]
    const kind = graph.outputs?.includes(output) === true ? undefined : operatorKind(model, operator)
    if (kind === 'DENSIFY' && input !== undefined && tensor?.type === input.type && hasValues(model, input)) {
      tensors[output] = { ...tensor, buffer: input.buffer ?? 0 }
      return
    }
    const values = kind === 'DEQUANTIZE' ? realConstant(model, input) : undefined
    if (values !== undefined && tensor?.type === 'FLOAT32') {
      setConstant(output, values, tensor)
      return
    }
    indices.push(at)
    operators.push(operator)
  })
  for (const weights of hybridWeights(model, tensors, operators)) {
    const tensor = tensors[weights]!
    const values = realConstant(model, tensor)
    if (values !== undefined) setConstant(weights, values, tensor)
  }
  if (tensors.every((tensor, at) => tensor === graph.tensors?.[at])) {
    return { graph, indices: (graph.operators ?? []).map((_, at) => at) }
  }
  const own = { ...graph, operators: operators.map(withoutHybrid) }
  return { graph: { ...own, tensors: withoutUnused(graph, own, tensors) }, indices }
}

const hasValues = (model: Model, tensor: Tensor): boolean => constantBytes(model, tensor) !== undefined

/** Weights of operators that compute in float32, where all that use them do. */
function hybridWeights(
  model: Model,
  tensors: readonly Tensor[],
  operators: readonly Operator[],
): readonly number[] {
  const uses = operators.flatMap((operator) => {
    const rule = storedWeightsOf(ruleOf(operatorKind(model, operator)))
    const real = tensors[operator.outputs?.[0] ?? -1]?.type === 'FLOAT32'
    return (operator.inputs ?? []).map((tensor, at) => ({
      tensor,
      weights: real && rule !== undefined && at === rule.operand,
    }))
  })
  const others = new Set(uses.filter(({ weights }) => !weights).map(({ tensor }) => tensor))
  const integers = uses.filter(
    ({ tensor, weights }) => weights && !others.has(tensor) && isInteger(tensors[tensor]),
  )
  return [...new Set(integers.map(({ tensor }) => tensor))]
}

const isInteger = (tensor: Tensor | undefined): boolean => /^(U?INT8|INT4|INT2)$/.test(tensor?.type ?? '')

/** An option of hybrid kernels, which mean nothing to others. */
function withoutHybrid(operator: Operator): Operator {
  const { builtinOptions: options } = operator
  if (options === undefined || !('asymmetricQuantizeInputs' in options)) return operator
  return { ...operator, builtinOptions: { ...options, asymmetricQuantizeInputs: false } }
}
