import { expect, it } from 'vitest'
import { axisGroups } from './axis-groups.ts'

it('puts neighbours together, and leaves places empty behind the last', () => {
  expect(axisGroups({ taps: 3, dilation: 1, start: 0 }, 2, 0)).toEqual([
    { start: 0, step: 1, taps: [0, 1] },
    { start: 2, step: 1, taps: [2, undefined] },
  ])
})

it('leaves places empty in front of the first', () => {
  expect(axisGroups({ taps: 3, dilation: 1, start: 0 }, 2, 1)).toEqual([
    { start: -1, step: 1, taps: [undefined, 0] },
    { start: 1, step: 1, taps: [1, 2] },
  ])
})

it.each([
  [2, 0],
  [2, 1],
  [4, 0],
  [4, 3],
])('places of %i with %i empty ones are the same for all windows', (size, shift) => {
  const starts = [0, 1, 2, 3].map((start) =>
    axisGroups({ taps: 5, dilation: 1, start }, size, shift).map((group) => group.start + shift),
  )
  for (const start of starts.flat()) expect(start % size === 0).toBe(true)
})

it('steps over what a dilated window leaves out', () => {
  expect(axisGroups({ taps: 3, dilation: 3, start: 4 }, 2, 0)).toEqual([
    { start: 4, step: 3, taps: [0, 1] },
    { start: 10, step: 3, taps: [2, undefined] },
  ])
})
