import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { addBytes, fitsWords } from './byte-sums.ts'
import { channelSums } from './channel-means.ts'

const random = seededRandom(3)

it.each([
  ['int8', 4, 1, Int8Array],
  ['int8 in more than one block', 12, 600, Int8Array],
  ['uint8', 8, 258, Uint8Array],
])('adds bytes as one by one: %s', (_, channels, positions, Bytes) => {
  const values = new Bytes(Array.from({ length: channels * positions }, () => random.next() * 256))
  // The largest sums that there are.
  for (let at = 0; at < values.length; at += channels) values.set([-128, 127, 255], at)
  const [sums, expected] = [new Float64Array(channels).fill(5), new Float64Array(channels).fill(5)]
  addBytes(values, channels, sums)
  expect(sums).toEqual(channelSums(values, channels, expected))
})

it('leaves what is not in whole words to others', () => {
  const memory = new ArrayBuffer(16)
  expect(fitsWords(new Int8Array(memory, 4, 8), 4)).toBe(true)
  expect(fitsWords(new Int8Array(memory, 4, 8), 2)).toBe(false)
  expect(fitsWords(new Int8Array(memory, 2, 8), 4)).toBe(false)
  expect(fitsWords(new Int16Array(memory), 4)).toBe(false)
})
