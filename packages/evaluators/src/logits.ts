import { integerLimits } from '@quantrx/core'
import type { IntegerType, Range } from '@quantrx/core'
import type { RuntimeTensor } from '@quantrx/runtime'
import { operatorKind } from '@quantrx/tflite'
import type { Model, SubGraph } from '@quantrx/tflite'

/** A model that gives its logits, too. */
export interface ExposedLogits {
  readonly model: Model
  /** Number of outputs that are the model's own; they come first. */
  readonly outputs: number
  /** Which of all outputs the logits are. */
  readonly logits: number
}

/**
 * A model whose outputs are followed by the tensor before its final SOFTMAX, in the type in which the model stores it; by its
 * first output before it becomes float where there is no SOFTMAX. Softmax flattens what quantization did to the large values
 * and hides what it did to the others, so errors are measured in front of it.
 *
 * @param subgraph Which subgraph is meant; the main one by default.
 */
export function exposeLogits(model: Model, subgraph = 0): ExposedLogits {
  const graph = model.subgraphs?.[subgraph]
  const { outputs = [] } = graph ?? {}
  const found = logitsOf(model, graph)
  const at = found === undefined ? 0 : outputs.indexOf(found)
  if (graph === undefined || found === undefined || at >= 0) {
    return { model, outputs: outputs.length, logits: Math.max(at, 0) }
  }
  // Signatures name the outputs of the model as it was.
  const { signatureDefs: _signatures, ...rest } = model
  const exposed = { ...graph, outputs: [...outputs, found] }
  const subgraphs = model.subgraphs!.map((each, index) => (index === subgraph ? exposed : each))
  return { model: { ...rest, subgraphs }, outputs: outputs.length, logits: outputs.length }
}

/** Conversions between types, which a final SOFTMAX may have behind and before it. */
const conversions: readonly string[] = ['QUANTIZE', 'DEQUANTIZE']

function logitsOf(model: Model, graph: SubGraph | undefined): number | undefined {
  const computed = (tensor: number) => graph?.operators?.find(({ outputs = [] }) => outputs.includes(tensor))
  const beforeConversion = (tensor: number | undefined): number | undefined => {
    const operator = tensor === undefined ? undefined : computed(tensor)
    if (operator === undefined || !conversions.includes(operatorKind(model, operator))) return tensor
    return operator.inputs?.[0]
  }
  const last = beforeConversion(graph?.outputs?.[0])
  const operator = last === undefined ? undefined : computed(last)
  if (operator === undefined || operatorKind(model, operator) !== 'SOFTMAX') return last
  return beforeConversion(operator.inputs?.[0])
}

/** The real numbers from the smallest to the largest that a quantized tensor can hold; undefined for others. */
export function representableRange(tensor: RuntimeTensor | undefined): Range | undefined {
  const { type, quantization } = tensor ?? {}
  if (quantization === undefined || type === undefined || !(type in integerLimits)) return undefined
  const { min, max } = integerLimits[type as IntegerType]
  const {
    scales: [scale = 1],
    zeroPoints: [zeroPoint = 0],
  } = quantization
  return { min: scale * (min - zeroPoint), max: scale * (max - zeroPoint) }
}
