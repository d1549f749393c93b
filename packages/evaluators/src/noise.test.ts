import { expect, it } from 'vitest'
import { noise } from './noise.ts'

it('keeps the largest difference', () => {
  const state = noise.init()
  noise.add(state, [1, 2, 3], [1, 4, 2.5])
  expect(state).toEqual({ signal: 1 + 16 + 6.25, noise: 4 + 0.25, maxAbs: 2 })
})

it('has no noise for equal values, and no signal for zeros', () => {
  expect(noise.decibels({ signal: 1, noise: 0, maxAbs: 0 })).toBe(Infinity)
  expect(noise.decibels({ signal: 0, noise: 0, maxAbs: 0 })).toBe(Infinity)
  expect(noise.decibels({ signal: 0, noise: 1, maxAbs: 1 })).toBe(-Infinity)
})
