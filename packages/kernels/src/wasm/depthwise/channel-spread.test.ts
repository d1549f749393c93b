import { expect, it } from 'vitest'
import { splitChannels } from '../convolution/split.ts'
import { channelSpread } from './channel-spread.ts'

it('tells for each panel its first input channel and where its output channels look from there', () => {
  const table = channelSpread(splitChannels(12, 4), 0, 3, 1)
  const entries = [0, 1, 2].map((panel) => ({
    first: table[panel * 8],
    channels: [...new Uint8Array(table.buffer, panel * 32 + 16, 4)],
  }))
  expect(entries).toEqual([
    { first: 0, channels: [0, 0, 0, 1] },
    { first: 1, channels: [0, 0, 1, 1] },
    { first: 2, channels: [0, 1, 1, 1] },
  ])
})

it('counts in bytes, from the first channel of a share on', () => {
  const table = channelSpread(splitChannels(4, 4), 4, 2, 4)
  expect(table[0]).toBe(8)
  expect([...new Uint8Array(table.buffer, 16, 16)]).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7])
})
