import { viewBytes } from '@quantrx/core'
import { constantBytes, quantizationOf } from '@quantrx/tflite'
import type { Model, Operator, Tensor } from '@quantrx/tflite'
import { isActivation, mainGraph } from '../graph/slice-operators.ts'
import { storedWeights } from './stored-weights.ts'
import type { StoredWeights } from './stored-weights.ts'
import { weightedLayer } from './weighted-layer.ts'
import type { WeightedLayer } from './weighted-layer.ts'

/** A constant operand of a quantized layer, and the float values it stands for. */
export interface LayerConstant {
  readonly index: number
  readonly tensor: Tensor
  readonly float: Float32Array
}

/** A layer whose weights can be rounded anew. */
export interface RoundableLayer {
  /** Position of its operator in the source model. */
  readonly original: number
  readonly layer: WeightedLayer
  /** Tensor of the input in the quantized model, and how it stands for real numbers. */
  readonly input: { readonly index: number; readonly scale: number; readonly zeroPoint: number }
  /** Tensor of the input in the source model. */
  readonly floatInput: number
  readonly weights: LayerConstant & { readonly stored: StoredWeights }
  readonly bias?: LayerConstant
}

/** The layer at a position of the quantized model; undefined where there is nothing to round. */
export function roundableLayer(
  source: Model,
  original: number,
  model: Model,
  position: number,
): RoundableLayer | undefined {
  const operator = mainGraph(model).operators?.[position]
  const floatOperator = mainGraph(source).operators?.[original]
  const weights = constantAt(model, operator, source, floatOperator, 1)
  const stored = weights && storedWeights(model, weights.index)
  const layer = stored && weightedLayer(source, original)
  const index = operator?.inputs?.[0] ?? -1
  if (weights === undefined || stored === undefined || layer === undefined || !isActivation(model, index))
    return undefined
  if (stored.scales.length !== 1 && stored.scales.length !== layer.channels) return undefined
  const { scales = [1], zeroPoints = [0] } = quantizationOf(mainGraph(model).tensors![index]!) ?? {}
  const bias = constantAt(model, operator, source, floatOperator, 2)
  // A bias that is computed, or that others use, takes no correction.
  if ((operator?.inputs?.[2] ?? -1) >= 0 && bias === undefined) return undefined
  return {
    ...{ original, layer, weights: { ...weights, stored } },
    input: { index, scale: scales[0]!, zeroPoint: zeroPoints[0]! },
    floatInput: floatOperator?.inputs?.[0] ?? -1,
    ...(bias && { bias }),
  }
}

function constantAt(
  model: Model,
  operator: Operator | undefined,
  source: Model,
  floatOperator: Operator | undefined,
  operand: number,
): LayerConstant | undefined {
  const index = operator?.inputs?.[operand] ?? -1
  const tensor = mainGraph(model).tensors?.[index]
  const original = mainGraph(source).tensors?.[floatOperator?.inputs?.[operand] ?? -1]
  const bytes = original && constantBytes(source, original)
  const users = (mainGraph(model).operators ?? []).filter(({ inputs = [] }) => inputs.includes(index))
  if (tensor === undefined || original?.type !== 'FLOAT32' || bytes === undefined || users.length !== 1)
    return undefined
  return { index, tensor, float: viewBytes('float32', bytes) }
}
