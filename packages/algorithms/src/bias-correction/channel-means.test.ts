import type { Activation } from '@quantrx/core'
import { expect, it } from 'vitest'
import {
  addChannelMeans,
  channelMeans,
  mergeChannelMeans,
  mostSamples,
  startChannelMeans,
} from './channel-means.ts'

const tensor = { subgraph: 0, index: 7, name: 't', shape: [1, 2, 2], channelAxis: 2 }
const activationOf = (sample: number): Activation => ({
  ...{ sample, tensor },
  values: Float32Array.of(sample, 1, sample + 2, -1),
})

function meansOf(samples: readonly number[]) {
  const means = startChannelMeans()
  for (const sample of samples) addChannelMeans(means, activationOf(sample), new Set([7]))
  return means
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

it('takes the mean of each channel', () => {
  expect(channelMeans([1, 10, 3, 20], 2)).toEqual([2, 15])
  expect(meansOf([4])).toEqual({ stride: 1, samples: { 4: { 7: [5, 0] } } })
})

it('looks at the tensors that matter only', () => {
  const means = startChannelMeans()
  addChannelMeans(means, activationOf(1), new Set([8]))
  const elsewhere = activationOf(1)
  addChannelMeans(means, { ...elsewhere, tensor: { ...tensor, subgraph: 1 } }, new Set([7]))
  expect(means).toEqual(startChannelMeans())
})

it('keeps an even choice of the samples', () => {
  const { stride, samples } = meansOf(upTo(3 * mostSamples))
  expect(stride).toBe(4)
  expect(Object.keys(samples).map(Number)).toEqual(upTo(96).map((at) => at * 4))
})

it.each([2, 3, 7])('gives the same bytes for %i parts as for one pass, in any order', (parts) => {
  const all = upTo(500)
  const shards = upTo(parts).map((part) => meansOf(all.filter((sample) => sample % parts === part).reverse()))
  expect(JSON.stringify(mergeChannelMeans(shards))).toBe(JSON.stringify(meansOf(all)))
})
