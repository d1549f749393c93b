import { expect, it } from 'vitest'
import { seededRandom } from './random.ts'

it('gives the numbers of its seed, on every engine', () => {
  const random = seededRandom(1)
  expect([random.next(), random.integer(1000), random.normal()]).toMatchInlineSnapshot(`
    [
      0.5883937727194279,
      73,
      0.19110032939352095,
    ]
  `)
})

it('differs between seeds', () => {
  expect(seededRandom(1).next()).not.toBe(seededRandom(2).next())
})

it('has the moments it claims', () => {
  const random = seededRandom(3)
  const normal = Array.from({ length: 20_000 }, () => random.normal())
  const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length
  const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(variance - 1)).toBeLessThan(0.03)
})

it('draws every integer below the bound', () => {
  const random = seededRandom(4)
  expect(new Set(Array.from({ length: 200 }, () => random.integer(5)))).toEqual(new Set([0, 1, 2, 3, 4]))
})
