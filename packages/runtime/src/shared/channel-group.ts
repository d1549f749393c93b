import { allocate } from '@quantrx/core'
import type { RuntimeTensor } from '../operator.ts'
import type { WeightedOperator } from './weights.ts'

/** An operator with the weights, scales and bias of one group of its output channels, as if it had no others. */
export function channelGroup(operator: WeightedOperator, group: number, groups: number): WeightedOperator {
  const channels = operator.channels / groups
  const part = (tensor: RuntimeTensor): RuntimeTensor => partOf(tensor, group, groups)
  const { weights, bias } = operator
  return { ...operator, channels, weights: part(weights), bias: bias && part(bias) }
}

/** One of equal parts of a tensor along its first dimension. */
function partOf(tensor: RuntimeTensor, group: number, groups: number): RuntimeTensor {
  const { shape, data, quantization } = tensor
  const [first = 0, ...others] = shape
  const length = data.length / groups
  return {
    ...tensor,
    shape: [first / groups, ...others],
    data: data.subarray(group * length, (group + 1) * length),
    ...(quantization === undefined
      ? {}
      : {
          quantization: {
            ...quantization,
            scales: partOfEach(quantization.scales, group, groups),
            zeroPoints: partOfEach(quantization.zeroPoints, group, groups),
          },
        }),
  }
}

/** The part of numbers for each channel; one number is for all. */
function partOfEach(values: readonly number[], group: number, groups: number): readonly number[] {
  const length = values.length / groups
  return values.length <= 1 ? values : values.slice(group * length, (group + 1) * length)
}

/** An operator whose weights for each output channel are one run, with those of all channels side by side. */
export function channelsLast(operator: WeightedOperator): WeightedOperator {
  const { weights, channels } = operator
  const { data, type } = weights
  const moved = allocate(type, data.length)
  const taps = data.length / channels
  for (let channel = 0; channel < channels; channel++)
    for (let tap = 0; tap < taps; tap++) moved[tap * channels + channel] = data[channel * taps + tap]!
  return { ...operator, weights: { ...weights, data: moved } }
}
