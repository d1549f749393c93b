import { expect, it } from 'vitest'
import { stagesOf } from './stages.ts'

it('are divided operators, and undivided ones that follow each other', () => {
  expect(stagesOf([[0, 1], [2], [3], [4, 5], [6, 7], [8], [], [9]])).toEqual([
    { from: 0, to: 1, shares: [0, 1] },
    { from: 1, to: 3, shares: [] },
    { from: 3, to: 4, shares: [4, 5] },
    { from: 4, to: 5, shares: [6, 7] },
    { from: 5, to: 6, shares: [] },
    { from: 7, to: 8, shares: [] },
  ])
})
