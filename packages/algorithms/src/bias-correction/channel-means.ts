import type { Activation } from '@quantrx/core'

/** Means of one tensor, one for each channel. */
export type Means = readonly number[]

/**
 * What the channels of some tensors are on average in each of an even choice of samples: every one, every second, every
 * fourth and so on, whichever gives at most `mostSamples`. Plain data. Each sample stands on its own, so neither the
 * order in which samples come nor the grouping matters, and memory does not grow with their number.
 */
export interface ChannelMeans {
  stride: number
  /** By the index of the sample, then by the index of the tensor. */
  samples: Record<number, Record<number, Means>>
}

/** Most samples that are looked at a second time. */
export const mostSamples = 128

/** Means of nothing. */
export function startChannelMeans(): ChannelMeans {
  return { stride: 1, samples: {} }
}

/**
 * Takes in one float tensor of one sample; all of a sample's together, or none of them.
 *
 * @param tensors Indices of the tensors of the main subgraph that matter; {@link correctableOutputs} finds them.
 *
 * @example
 * run(sample, (activation) => addChannelMeans(means, activation, correctableOutputs(model)))
 */
export function addChannelMeans(
  means: ChannelMeans,
  { sample, tensor, values }: Activation,
  tensors: ReadonlySet<number>,
): void {
  if (tensor.subgraph !== 0 || !tensors.has(tensor.index) || sample % means.stride !== 0) return
  const known = (means.samples[sample] ??= {})
  known[tensor.index] = channelMeans(values, tensor.shape.at(-1) ?? 1)
  thin(means)
}

/** The means of several parts of the samples: the same as of all of them in one pass. */
export function mergeChannelMeans(parts: readonly ChannelMeans[]): ChannelMeans {
  const stride = Math.max(1, ...parts.map((part) => part.stride))
  const merged: ChannelMeans = { stride, samples: {} }
  for (const { samples } of parts) Object.assign(merged.samples, samples)
  keepMultiples(merged)
  thin(merged)
  return merged
}

/** Mean of each channel, the last dimension of `values`; sums in float64, in the order of the values. */
export function channelMeans(values: ArrayLike<number>, channels: number): Means {
  const sums = channelSums(values, channels, new Float64Array(channels))
  const positions = values.length / channels
  return Array.from(sums, (sum) => sum / positions)
}

/** Adds the values of each channel to `sums`. */
export function channelSums(values: ArrayLike<number>, channels: number, sums: Float64Array): Float64Array {
  for (let start = 0; start < values.length; start += channels) {
    for (let channel = 0; channel < channels; channel++) sums[channel]! += values[start + channel]!
  }
  return sums
}

/** Leaves out every second sample while there are too many. */
function thin(means: ChannelMeans): void {
  while (Object.keys(means.samples).length > mostSamples) {
    means.stride *= 2
    keepMultiples(means)
  }
}

function keepMultiples(means: ChannelMeans): void {
  const kept = Object.entries(means.samples).filter(([sample]) => Number(sample) % means.stride === 0)
  means.samples = Object.fromEntries(kept)
}
