import { expect, it } from 'vitest'
import { spanOf } from './share.ts'

it.each([
  [100, 2, 16],
  [7, 3, 1],
  [5, 4, 8],
  [0, 2, 16],
  [1001, 5, 4],
])('divides %i units into %i spans at multiples of %i', (total, count, multiple) => {
  const spans = Array.from({ length: count }, (_, index) => spanOf(total, { index, count }, multiple))
  expect(spans[0]!.from).toBe(0)
  expect(spans.at(-1)!.to).toBe(total)
  spans.slice(1).forEach(({ from }, index) => expect(from).toBe(spans[index]!.to))
  for (const { from } of spans) expect(from === total || from % multiple === 0).toBe(true)
})

it('gives a share as many parts as it has, and cuts where halves are nearest', () => {
  const shares = [
    { index: 0, count: 8, parts: 3 },
    { index: 3, count: 8 },
    { index: 4, count: 8, parts: 3 },
    { index: 7, count: 8 },
  ]
  expect(shares.map((share) => spanOf(14, share))).toEqual([
    { from: 0, to: 5 },
    { from: 5, to: 7 },
    { from: 7, to: 12 },
    { from: 12, to: 14 },
  ])
})

it('cuts nearest to where halves meet, whatever is left over at the end', () => {
  expect(spanOf(49, { index: 0, count: 2 }, 6)).toEqual({ from: 0, to: 24 })
  expect(spanOf(49, { index: 7, count: 8 }, 6)).toEqual({ from: 42, to: 49 })
})

it('is everything without a share', () => {
  expect(spanOf(9)).toEqual({ from: 0, to: 9 })
})
