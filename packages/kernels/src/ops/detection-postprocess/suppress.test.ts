import { expect, it } from 'vitest'
import { decodeBoxes, overlap } from './boxes.ts'
import { suppressOverlaps } from './suppress.ts'

/** Two boxes that share a third of what they cover together, and one far off. */
const boxes = Float32Array.of(0, 0, 2, 2, 0, 1, 2, 3, 5, 5, 6, 6)

it('measures shared areas', () => {
  expect(overlap(boxes, 0, 1)).toBeCloseTo(1 / 3, 12)
  expect(overlap(boxes, 0, 2)).toBe(0)
  expect(overlap(Float32Array.of(1, 1, 1, 1, 0, 0, 2, 2), 0, 1)).toBe(0)
})

it('leaves out what a better box hides, and what scores too low', () => {
  const options = { scoreThreshold: 0.3, overlapThreshold: 0.3, limit: 9 }
  expect(suppressOverlaps(boxes, [0.8, 0.9, 0.5], options)).toEqual([1, 2])
  expect(suppressOverlaps(boxes, [0.8, 0.9, 0.5], { ...options, overlapThreshold: 0.4 })).toEqual([1, 0, 2])
  expect(suppressOverlaps(boxes, [0.8, 0.9, 0.2], options)).toEqual([1])
  expect(suppressOverlaps(boxes, [0.8, 0.9, 0.5], { ...options, limit: 1 })).toEqual([1])
})

it('gives an anchor back for an encoding of zeros', () => {
  const scales = { y: 10, x: 10, height: 5, width: 5 }
  expect([...decodeBoxes(new Float32Array(4), 4, Float32Array.of(0.5, 0.5, 1, 0.5), scales)]).toEqual([
    0, 0.25, 1, 0.75,
  ])
})
