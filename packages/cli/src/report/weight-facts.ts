import type { Range } from '@quantrx/core'
import { viewBytes } from '@quantrx/core'
import type { WeightFacts } from '@quantrx/report'
import { constantBytes, operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** Dimension of the output channels in the weights of operators that have some; the weights are their second operand. */
const channelAxes: Readonly<Record<string, number>> = {
  CONV_2D: 0,
  DEPTHWISE_CONV_2D: 3,
  FULLY_CONNECTED: 0,
  TRANSPOSE_CONV: 0,
}

/** The span of the float32 weights of every output channel of the main graph's convolutions and matrix products. */
export function weightFacts(model: Model): readonly WeightFacts[] {
  const graph = model.subgraphs?.[0]
  return (graph?.operators ?? []).flatMap((operator, index) => {
    const axis = channelAxes[operatorKind(model, operator)]
    const tensor = graph?.tensors?.[operator.inputs?.[1] ?? -1]
    const bytes = tensor?.type === 'FLOAT32' ? constantBytes(model, tensor) : undefined
    if (axis === undefined || tensor === undefined || bytes === undefined) return []
    const channels = spans(viewBytes('float32', bytes), tensor.shape ?? [], axis)
    return [{ index, name: tensor.name ?? `tensor ${operator.inputs?.[1]}`, channels }]
  })
}

function spans(values: Float32Array, shape: readonly number[], axis: number): readonly Range[] {
  const count = shape[axis] ?? 1
  const run = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const lowest = new Float64Array(count).fill(Infinity)
  const highest = new Float64Array(count).fill(-Infinity)
  values.forEach((value, at) => {
    const channel = Math.floor(at / run) % count
    if (value < lowest[channel]!) lowest[channel] = value
    if (value > highest[channel]!) highest[channel] = value
  })
  return Array.from(lowest, (min, channel) => ({ min, max: highest[channel]! }))
}
