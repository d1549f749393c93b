import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { clearlySmaller } from './signed-ranks.ts'

const ones = (count: number): number[] => new Array<number>(count).fill(1)

it('needs five pairs of one opinion', () => {
  expect(clearlySmaller(ones(4), [2, 3, 4, 5])).toBe(false)
  expect(clearlySmaller(ones(5), [2, 3, 4, 5, 6])).toBe(true)
  expect(clearlySmaller([2, 3, 4, 5, 6], ones(5))).toBe(false)
})

it('leaves equal pairs out', () => {
  expect(clearlySmaller(ones(50), ones(50))).toBe(false)
  expect(clearlySmaller(ones(50), [...ones(46), 2, 3, 4, 5])).toBe(false)
})

it('adds ranks, by hand', () => {
  // Differences 1 to 10: ranks 55 in all, mean 27.5, deviation 9.81; 43.6 are needed.
  const others = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
  const errors = (...wrong: number[]) =>
    others.map((other, at) => (wrong.includes(at + 1) ? 2 * other - 1 : 1))
  expect(clearlySmaller(errors(10), others)).toBe(true)
  expect(clearlySmaller(errors(1, 10), others)).toBe(true)
  expect(clearlySmaller(errors(2, 10), others)).toBe(false)
})

it('gives equal differences one rank', () => {
  // Ranks of 6 each: 48 for eight of eleven, 54 for nine; 33 + 18.5 are needed.
  expect(clearlySmaller([...ones(9), 3, 3], [...ones(9).map(() => 3), 1, 1])).toBe(true)
  expect(clearlySmaller([...ones(8), 3, 3, 3], [...ones(8).map(() => 3), 1, 1, 1])).toBe(false)
})

it('does not take what is smaller on most samples and larger as a whole', () => {
  expect(clearlySmaller([...ones(99), 1000], [...ones(99).map(() => 2), 1])).toBe(false)
})

it('is wrong about chance once in twenty times', () => {
  const random = seededRandom(4)
  let wrong = 0
  for (let round = 0; round < 2000; round++) {
    const draw = () => Array.from({ length: 40 }, () => Math.abs(random.normal()))
    if (clearlySmaller(draw(), draw())) wrong++
  }
  expect(wrong).toBeGreaterThan(60)
  expect(wrong).toBeLessThan(140)
})
