import { expect, it } from 'vitest'
import { nonMaxSuppression } from './non-max-suppression.ts'

/** Two boxes that share a third of what they cover together, the second with its corners swapped, and one far off. */
const boxes = Float32Array.of(0, 0, 2, 2, 2, 3, 0, 1, 5, 5, 6, 6)
const limits = { count: 9, overlap: 0.3, score: 0.1, sigma: 0 }
const choose = (scores: readonly number[], others: Partial<typeof limits> = {}) =>
  nonMaxSuppression(boxes, Float32Array.from(scores), { ...limits, ...others })
const indices = (...given: Parameters<typeof choose>) => choose(...given).map(({ index }) => index)

it('leaves out what a better box hides, what scores too low, and what are too many', () => {
  expect(indices([0.75, 0.875, 0.5])).toEqual([1, 2])
  expect(indices([0.75, 0.875, 0.5], { overlap: 0.5 })).toEqual([1, 0, 2])
  expect(indices([0.75, 0.875, 0.5], { score: 0.5 })).toEqual([1])
  expect(indices([0.75, 0.875, 0.5], { count: 1 })).toEqual([1])
  expect(indices([0.05, 0.05, 0.05])).toEqual([])
})

it('takes the first of equal ones, and leaves out NaN', () => {
  expect(indices([0.5, 0.5, 0.5], { overlap: 0.5 })).toEqual([0, 1, 2])
  expect(indices([NaN, 0.5, 0.25])).toEqual([1, 2])
})

it('chooses boxes that do not hide themselves again, as TensorFlow Lite does', () => {
  const flat = Float32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 5, 5, 6, 6)
  const found = nonMaxSuppression(flat, Float32Array.of(0.9, 0.8, 0.8), limits)
  expect(found.map(({ index }) => index)).toEqual([0, 0, 0])
  expect(indices([0.5, 0.6, 0.5], { overlap: 1.5 })).toEqual([1, 1, 1])
})

it('lets scores of boxes that share sink, which then wait for their turn', () => {
  const found = choose([0.75, 0.875, 0.71875], { overlap: 1, sigma: 0.5 })
  expect(found.map(({ index }) => index)).toEqual([1, 2, 0])
  expect(found[2]!.score).toBeCloseTo(0.75 * Math.exp(-1 / 9), 6)
  expect(choose([0.75, 0.875, 0.71875], { overlap: 1, sigma: 0.5, score: 0.7 })).toHaveLength(2)
})
