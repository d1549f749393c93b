import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { narrowWeights, widenFunction } from './narrow-weights.ts'
import { restore } from './restore.conformance.ts'

const address = 64

it.each([1, 7, 8, 9, 16, 23, 1000])('restores %d weights and touches nothing else', (count) => {
  const random = seededRandom(count)
  const weights = Int16Array.from({ length: count }, () => random.integer(256) - 128)
  const stored = narrowWeights(weights, address, 0)!
  expect(stored.segment.bytes).toHaveLength(count)
  const memory = restore(stored, widenFunction())
  expect(new Int16Array(memory.buffer, address, count)).toEqual(weights)
  const room = Math.ceil(count / 8) * 16
  expect(memory.subarray(0, address).every((byte) => byte === 0xff)).toBe(true)
  expect(memory.subarray(address + room).every((byte) => byte === 0xff)).toBe(true)
})

it.each([-129, 128, 255])('leaves weights alone of which one is %d', (value) => {
  expect(narrowWeights(Int16Array.of(1, value, 2), address, 0)).toBeUndefined()
})
