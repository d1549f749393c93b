import { expect, it } from 'vitest'
import { largestSums, looseSums, tightened } from './sums.ts'

it('looks at the weights of channels whose bound is too large, and of no others', () => {
  const bias = Int32Array.of(-5, 1000, 0)
  const looked: number[] = []
  const magnitude = (channel: number): number => {
    looked.push(channel)
    return channel + 2
  }
  const loose = looseSums(bias, 2, 10)
  expect([...loose]).toEqual([5105, 6100, 5100])
  expect([...tightened(loose, 5105, bias, magnitude)]).toEqual([255 * 2 + 5, 255 * 3 + 1000, 5100])
  expect(looked).toEqual([0, 1])
  expect([...largestSums(bias, magnitude)]).toEqual([515, 1765, 1020])
  expect([...loose]).toEqual([5105, 6100, 5100])
})
