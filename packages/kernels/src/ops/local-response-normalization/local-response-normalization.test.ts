import { expect, it } from 'vitest'
import { localResponseNormalizationFloat32 } from './local-response-normalization.ts'

const normalize = (radius: number, input: readonly number[], beta = 1): number[] => {
  const output = new Float32Array(input.length)
  const parameters = { depth: 4, radius, bias: 1, alpha: 1, beta }
  localResponseNormalizationFloat32(parameters)(Float32Array.from(input), output)
  return [...output]
}

it('divides by the squares of the channels on both sides, of its own row only', () => {
  const { fround } = Math
  const expected = [1, 2, 3, 4].map((value, at) => fround(value * fround(1 / [6, 15, 30, 26][at]!)))
  expect(normalize(1, [1, 2, 3, 4, 0, 0, 0, 1])).toEqual([...expected, 0, 0, 0, 0.5])
})

it('takes its own channel alone with radius 0, and all with one that reaches beyond the ends', () => {
  expect(normalize(0, [1, 1, 1, 3])).toEqual([0.5, 0.5, 0.5, Math.fround(0.3)])
  expect(normalize(9, [1, 1, 1, 1])).toEqual([0.2, 0.2, 0.2, 0.2].map(Math.fround))
})

it('raises to a power', () => {
  expect(normalize(9, [0, 0, 0, Math.sqrt(3)], 0.5)[3]).toBeCloseTo(Math.sqrt(3) / 2, 6)
})
