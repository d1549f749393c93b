import { describe, expect, it } from 'vitest'
import { fineBits, findPlane, halfBits, middleOffset, slopeLimit } from './plane.ts'

describe('findPlane', () => {
  it('tries slopes without a lower half first, then slopes that grow', () => {
    const tried: (readonly number[])[] = []
    const plane = findPlane([0.3, -0.2], 0, (slopes) => {
      tried.push(slopes)
      return undefined
    })
    expect(plane).toBeUndefined()
    expect(tried[0]!.every((slope) => slope % 2 ** halfBits === 0)).toBe(true)
    const magnitudes = tried.slice(1).map(([first]) => first!)
    expect(magnitudes).toEqual([...magnitudes].sort((a, b) => a - b))
    expect(magnitudes[0]).not.toBe(magnitudes.at(-1))
  })

  it('takes the first that is proved', () => {
    const plane = findPlane([0.3, 1], 0, ([slope]) => (slope % 2 ** halfBits === 0 ? undefined : 5))!
    expect(plane.offset).toBe(5)
    expect(plane.slopes[0] / 2 ** (fineBits + plane.shift)).toBeCloseTo(0.3, 6)
  })

  it.each([
    [[0.5, 0.5], 0],
    [[3, 200], -1000],
    [[1e-6, 1e-9], 100],
    [[0, 0], 1e5],
  ] as const)('keeps slopes and heights within 32 bits: %j from %d', (slopes, height) => {
    const { shift, slopes: found } = findPlane(slopes, height, () => 0)!
    expect(Math.max(...found.map(Math.abs))).toBeLessThan(slopeLimit)
    const highest = Math.abs(height) + 128 * (Math.abs(slopes[0]) + Math.abs(slopes[1]))
    expect(highest * 2 ** shift).toBeLessThan(2 ** 31)
  })

  it('does not look where 32 bits leave no room', () => {
    expect(findPlane([1e6, 1], 0, () => 0)).toBeUndefined()
  })
})

it.each([
  [0, 1000, 3],
  [129, 255, undefined],
  [128, 128, 1],
  [-Infinity, 300, 2],
  [300, Infinity, 3],
  [-Infinity, Infinity, 0],
])('middleOffset between %d and %d is %o', (least, most, expected) => {
  expect(middleOffset(least, most)).toBe(expected)
})
