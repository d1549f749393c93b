import { expect, it } from 'vitest'
import { quarterTurns } from './quarter-turns.ts'

it.each([
  [0, 0],
  [1.5, 1],
  [-1.5, 3],
  [3, 2],
  [2 ** 20, 0],
  [2 ** 20 - 1, 0],
])('takes whole quarter turns off %d', (angle, turns) => {
  const found = quarterTurns(angle)
  expect(found.turns).toBe(turns)
  expect(Math.abs(found.rest)).toBeLessThanOrEqual(Math.PI / 4)
  expect(Math.sin(found.rest + (found.turns * Math.PI) / 2)).toBeCloseTo(Math.sin(angle), 15)
})
