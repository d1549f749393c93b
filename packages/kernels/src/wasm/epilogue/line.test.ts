import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { lineOf, reachOf } from './line.ts'
import type { ChannelRequantization, Line, LineShape } from './line.ts'

const random = seededRandom(11)

function reference({ scale, zeroPoint, range }: ChannelRequantization, sum: number): number {
  const { multiplier, shift } = quantizeMultiplier(scale)
  const output = zeroPoint + multiplyByQuantizedMultiplier(sum, multiplier, shift)
  return Math.min(range.max, Math.max(range.min, output))
}

/** The line in 32-bit arithmetic, as generated code computes it. */
function outputOf(line: Line, { fineShift = 0 }: LineShape, sum: number): number {
  const x = Math.max(line.lowest, Math.min(line.highest, sum))
  const fine = Math.imul(x, line.fine) >> fineShift
  return ((Math.imul(x, line.coarse) + fine + line.offset - (x < 0 ? line.jump : 0)) | 0) >> 24
}

function randomChannel(smallest: number): ChannelRequantization {
  const scale = 2 ** (smallest + random.next() * -smallest)
  const largestSum = Math.floor(Math.min(2 ** (6 + random.integer(14)), 300 / scale))
  const zeroPoint = [-128, 127, random.integer(256) - 128][random.integer(3)]!
  return { scale, zeroPoint, largestSum, range: { min: -128, max: random.integer(2) === 0 ? 127 : 20 } }
}

describe('a line', () => {
  it('is exact at every sum that can occur', () => {
    let found = 0
    for (let round = 0; round < 400; round++) {
      const channel = randomChannel(-10)
      const reach = reachOf(channel)!
      const shape = { jumps: true, fineShift: 12 }
      const line = lineOf(channel, reach, shape)
      if (line === undefined) continue
      found++
      const step = Math.max(1, Math.floor(channel.largestSum / 500))
      for (let sum = -channel.largestSum; sum <= channel.largestSum; sum += step) {
        expect([channel, sum, outputOf(line, shape, sum)]).toEqual([channel, sum, reference(channel, sum)])
      }
    }
    expect(found).toBeGreaterThan(350)
  })

  it('is exact at every sum, one after the other', () => {
    const channel = { scale: 0.0123, zeroPoint: 3, largestSum: 20000, range: { min: -128, max: 127 } }
    const shape = { jumps: true, fineShift: 14 }
    const line = lineOf(channel, reachOf(channel)!, shape)!
    for (let sum = -20000; sum <= 20000; sum++) {
      if (outputOf(line, shape, sum) !== reference(channel, sum)) expect.fail(`sum ${sum}`)
    }
  })

  it('needs no fine product where few sums give many outputs', () => {
    const channel = { scale: 0.37, zeroPoint: -128, largestSum: 1000, range: { min: -128, max: 127 } }
    expect(lineOf(channel, reachOf(channel)!, { jumps: false })).toBeDefined()
  })

  it('is not found without a jump where halves of both signs round away from zero', () => {
    const channel = { scale: 0.0123, zeroPoint: 0, largestSum: 20000, range: { min: -128, max: 127 } }
    expect(lineOf(channel, reachOf(channel)!, { jumps: false, fineShift: 14 })).toBeUndefined()
  })

  it('is not found where 32 bits are too few', () => {
    const channel = {
      scale: 2 ** -17.3,
      zeroPoint: -128,
      largestSum: 2 ** 22,
      range: { min: -128, max: 127 },
    }
    expect(lineOf(channel, reachOf(channel)!, { jumps: false, fineShift: 8 })).toBeUndefined()
    expect(lineOf(channel, reachOf(channel)!, { jumps: false, fineShift: 20 })).toBeUndefined()
  })

  it('is flat where all sums give one output', () => {
    const channel = { scale: 2 ** -30, zeroPoint: 5, largestSum: 1000, range: { min: -128, max: 127 } }
    const line = lineOf(channel, reachOf(channel)!, { jumps: false })!
    expect([-1000, 0, 1000].map((sum) => outputOf(line, { jumps: false }, sum))).toEqual([5, 5, 5])
  })
})

it('refuses sums that overflow in the reference', () => {
  const range = { min: -128, max: 127 }
  expect(reachOf({ scale: 4, zeroPoint: 0, largestSum: 2 ** 28, range })).toBeUndefined()
  expect(reachOf({ scale: 0.1, zeroPoint: 0, largestSum: 2 ** 30, range })).toBeUndefined()
})
