import { roundHalfAwayFromZero, viewBytes } from '@quantrx/core'
import { biasScales } from '@quantrx/schemes'
import { constantBytes, quantizationOf } from '@quantrx/tflite'
import type { Buffer, Model, Operator, Tensor } from '@quantrx/tflite'
import { replaceConstants } from '../graph/replace-constant.ts'
import { mainGraph } from '../graph/slice-operators.ts'
import type { CorrectableLayer } from './correctable-layer.ts'

/** A bias takes at most half of an accumulator of 32 bits, as where it is quantized; the products have the other half. */
const largest = 2 ** 30

/**
 * A model whose layer gives `shifts` more in each output channel, before its activation function: they are added to the
 * bias, in steps of its scales. A layer without a bias gets one.
 *
 * @param shifts Real numbers, one for each channel.
 * @returns the model itself where every shift is less than half a step.
 */
export function shiftBias(model: Model, layer: CorrectableLayer, shifts: readonly number[]): Model {
  const bias = layer.bias === undefined ? newBias(model, layer) : existingBias(model, layer.bias)
  const shifted = shiftedData(bias, shifts)
  if (shifted === undefined) return model
  if (layer.bias === undefined) return withBias(model, layer, bias.tensor, shifted)
  return replaceConstants(model, [{ tensor: layer.bias, data: shifted }])
}

interface Bias {
  readonly tensor: Tensor
  readonly bytes: Uint8Array
}

function existingBias(model: Model, index: number): Bias {
  const tensor = mainGraph(model).tensors![index]!
  return { tensor, bytes: constantBytes(model, tensor)! }
}

/** A bias of zeros, of the type that the layer's kernel takes. */
function newBias(model: Model, { input, weights, channels }: CorrectableLayer): Bias {
  const { tensors = [] } = mainGraph(model)
  const [from, by] = [tensors[input]!, tensors[weights]!]
  const base = { isVariable: false, hasRank: false, externalBuffer: 0, buffer: 0, shape: [channels] }
  const name = `${by.name ?? ''}_bias`
  const [inputScale] = quantizationOf(from)?.scales ?? []
  const weightScales = quantizationOf(by)?.scales
  if (inputScale === undefined || weightScales === undefined) {
    return { tensor: { ...base, name, type: 'FLOAT32' }, bytes: new Uint8Array(4 * channels) }
  }
  const scale = biasScales(inputScale, weightScales)
  const quantization = { scale, zeroPoint: scale.map(() => 0n), quantizedDimension: 0 }
  const type = from.type === 'INT16' ? 'INT64' : 'INT32'
  const bytes = new Uint8Array((type === 'INT64' ? 8 : 4) * channels)
  return { tensor: { ...base, name, type, quantization }, bytes }
}

function shiftedData({ tensor, bytes }: Bias, shifts: readonly number[]): Uint8Array | undefined {
  if (tensor.type === 'FLOAT32') {
    const values = viewBytes('float32', bytes)
    return changed(
      values,
      values.map((value, at) => value + (shifts[at] ?? 0)),
    )
  }
  const scales = quantizationOf(tensor)?.scales ?? [1]
  const steps = shifts.map((shift, at) => roundHalfAwayFromZero(shift / (scales[at] ?? scales[0]!)))
  if (tensor.type === 'INT64') {
    const values = viewBytes('int64', bytes)
    return changed(
      values,
      values.map((value, at) => value + BigInt(steps[at] ?? 0)),
    )
  }
  const values = viewBytes('int32', bytes)
  const bounded = (value: number): number => Math.max(-largest, Math.min(largest, value))
  return changed(
    values,
    values.map((value, at) => bounded(value + (steps[at] ?? 0))),
  )
}

type BiasValues = Float32Array | Int32Array | BigInt64Array

function changed(before: BiasValues, after: BiasValues): Uint8Array | undefined {
  if (before.every((value, at) => value === after[at])) return undefined
  return new Uint8Array(after.buffer, after.byteOffset, after.byteLength)
}

function withBias(model: Model, layer: CorrectableLayer, tensor: Tensor, data: Uint8Array): Model {
  const graph = mainGraph(model)
  const { tensors = [], operators = [] } = graph
  const buffers: readonly Buffer[] = [...(model.buffers ?? []), { offset: 0n, size: 0n, data }]
  const given = (operator: Operator): Operator => {
    const inputs = [...(operator.inputs ?? [])]
    while (inputs.length < layer.biasOperand) inputs.push(-1)
    inputs[layer.biasOperand] = tensors.length
    return { ...operator, inputs }
  }
  const main = {
    ...graph,
    tensors: [...tensors, { ...tensor, buffer: buffers.length - 1 }],
    operators: operators.map((operator, at) => (at === layer.operator ? given(operator) : operator)),
  }
  return { ...model, buffers, subgraphs: [main, ...(model.subgraphs ?? []).slice(1)] }
}
