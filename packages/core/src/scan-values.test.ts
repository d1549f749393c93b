import { describe, expect, it } from 'vitest'
import { scanValues } from './scan-values.ts'

const scan = (...values: number[]) => scanValues(Float32Array.from(values))

describe('extremes', () => {
  it('are the smallest and the largest value', () => {
    expect(scan(3, -2, 7).extremes()).toEqual({ min: -2, max: 7 })
  })

  it.each([[[0, -0]], [[-0, 0]], [[-0]]])('of %j are 0', (values) => {
    const { min, max } = scan(...values).extremes()!
    expect([Object.is(min, 0), Object.is(max, 0)]).toEqual([true, true])
  })

  it.each([NaN, Infinity, -Infinity])('do not exist with %d', (value) => {
    expect(scan(1, value, 2).extremes()).toBeUndefined()
    expect(scan(Infinity, -Infinity, value).extremes()).toBeUndefined()
  })

  it('of nothing are the wrong way round', () => {
    expect(scan().extremes()).toEqual({ min: Infinity, max: -Infinity })
  })

  it('exist for sums that overflow float32', () => {
    expect(scan(3e38, 3e38).extremes()?.max).toBe(Math.fround(3e38))
  })

  it('are looked for once, and again when there are new values', () => {
    const values = Float32Array.of(1, 2)
    const { extremes, renew } = scanValues(values)
    extremes()
    values[0] = -1
    expect(extremes()).toEqual({ min: 1, max: 2 })
    renew()
    expect(extremes()).toEqual({ min: -1, max: 2 })
  })
})

describe('bins', () => {
  it('contain their lower end and not their upper', () => {
    const counts = [0, 0, 0, 0]
    scan(-4, -3.9, -2, -1e-45, -0, 0, 1.9, 2, 3.9).countBins(1, counts)
    expect(counts).toEqual([2, 2, 3, 2])
  })

  it('keep what they had', () => {
    const counts = [5, 5]
    scan(0.5).countBins(0, counts)
    expect(counts).toEqual([5, 6])
    scan().countBins(0, counts)
    expect(counts).toEqual([5, 6])
  })

  it.each([[[1]], [[-1.5, 0.5]], [[NaN]], [[0, Infinity]]])('refuse %j, outside of them', (values) => {
    const counts = [0, 0]
    expect(() => scan(...values).countBins(0, counts)).toThrow(
      'values within 2 bins of the width 2^0 around 0',
    )
    expect(counts).toEqual([0, 0])
  })
})
