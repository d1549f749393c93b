import { describe, expect, it } from 'vitest'
import { byteLineShift, byteSlopeLimit, findByteLine, nearestByteLine } from './byte-line.ts'

const range = { min: -128, max: 127 }
const clamped = (value: number): number => Math.max(range.min, Math.min(range.max, value))

/** What is computed of a line, as the generated code does. */
const along = (x: number, slope: number, offset: number, shift: number): number =>
  clamped((Math.imul(x, slope) + offset) >> shift)

const stretchOf = (first: number, last: number, evaluate: (x: number) => number) => ({
  ...{ first, range },
  outputs: Array.from({ length: last - first + 1 }, (_, at) => clamped(evaluate(first + at))),
})

it.each([
  ['halves away from 0', 0.5, (x: number) => Math.sign(x) * Math.round(Math.abs(x) / 2)],
  ['a slope that is guessed badly', 0.7, (x: number) => Math.floor(0.3 * x + 0.15)],
  ['what falls', -0.3, (x: number) => Math.floor(-0.301 * x - 5.2)],
  ['what is clamped at both ends', 7, (x: number) => Math.floor(7.03 * x + 0.25)],
  ['a constant', 0, () => 17],
  ['what is always clamped', 0.5, () => 400],
])('equals %s', (_, rise, evaluate) => {
  for (const [first, last] of [
    [-128, -1],
    [-128, 0],
    [1, 127],
    [5, 5],
  ] as const) {
    const shift = byteLineShift(Math.abs(rise))!
    const stretch = stretchOf(first, last, evaluate)
    const { slope, offset } = findByteLine(stretch, rise, shift)!
    const found = stretch.outputs.map((__, at) => along(first + at, slope, offset, shift))
    expect(found).toEqual(stretch.outputs)
  }
})

it('says that there is none for what is no line', () => {
  expect(
    findByteLine(
      stretchOf(-20, 20, (x) => Math.abs(x)),
      1,
      20,
    ),
  ).toBeUndefined()
  expect(
    findByteLine(
      stretchOf(-20, 20, (x) => (x === 7 ? 9 : x)),
      1,
      20,
    ),
  ).toBeUndefined()
})

describe('the shift', () => {
  it('is the largest with which slopes fit', () => {
    expect(byteLineShift(0.1)).toBe(21)
    expect(byteLineShift(1.9)).toBe(21)
    for (const steepest of [2, 3.7, 100, 8000]) {
      const shift = byteLineShift(steepest)!
      expect(steepest * 2 ** shift).toBeLessThan(byteSlopeLimit)
      expect(steepest * 2 ** (shift + 1)).toBeGreaterThan(byteSlopeLimit * 0.99)
    }
  })

  it('is none where slopes are too steep', () => {
    expect(byteLineShift(2 ** 14)).toBeUndefined()
  })
})

describe('the nearest line', () => {
  const [first, end, shift] = [-128, 20, 21]

  it('is one where nothing is close to an integer', () => {
    let found = 0
    for (let rise = -1.4; rise < 1.4; rise += 0.0137) {
      const line = { first, end, rise, height: 0.4321 - 30 * rise }
      const nearest = nearestByteLine(line, shift)
      if (nearest === undefined) continue
      found++
      for (let x = first; x < end; x++)
        expect((Math.imul(x, nearest.slope) + nearest.offset) >> shift).toBe(
          Math.floor(x * rise + line.height),
        )
    }
    expect(found).toBeGreaterThan(180)
  })

  it.each([
    ['meets an integer', 0.25, 0.5],
    ['comes close to one', 0, 2 ** -15],
    ['comes close to one from below', 0, 1 - 2 ** -15],
  ])('is not sure where the line %s', (_, rise, height) => {
    expect(nearestByteLine({ first, end, rise, height }, shift)).toBeUndefined()
  })
})
