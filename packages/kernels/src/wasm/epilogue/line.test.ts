import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { lineOf } from './line.ts'
import type { ChannelRequantization, Line } from './line.ts'

const random = seededRandom(11)

function reference({ scale, zeroPoint, range }: ChannelRequantization, sum: number): number {
  const { multiplier, shift } = quantizeMultiplier(scale)
  const output = zeroPoint + multiplyByQuantizedMultiplier(sum, multiplier, shift)
  return Math.min(range.max, Math.max(range.min, output))
}

/** The line in 64-bit arithmetic, as generated code computes it. */
function outputOf(line: Line, { range }: ChannelRequantization, sum: number): number {
  const product = BigInt(sum) * BigInt(line.multiplier) + BigInt(line.offset)
  const output = Number(product >> BigInt(32 + line.shift))
  return Math.min(range.max, Math.max(range.min, output))
}

function randomChannel(smallest: number): ChannelRequantization {
  const scale = 2 ** (smallest + random.next() * (-2 - smallest))
  const reach = Math.floor(Math.min(2 ** (6 + random.integer(14)), 300 / scale))
  const center = random.integer(2) * Math.floor((random.next() * 200 - 100) / scale)
  const zeroPoint = random.integer(2) === 0 ? -128 : random.integer(148) - 128
  // Some activations leave out the smallest positive outputs, too.
  const min = Math.min(zeroPoint + random.integer(2) * random.integer(5), 20)
  const sums = { min: center - reach, max: center + reach }
  return { scale, zeroPoint, sums, range: { min, max: random.integer(2) === 0 ? 127 : 20 } }
}

function expectExact(channel: ChannelRequantization, line: Line): void {
  const { min, max } = channel.sums
  const step = Math.max(1, Math.floor((max - min) / 1000))
  for (let sum = min; sum <= max; sum += step) {
    const [output, expected] = [outputOf(line, channel, sum), reference(channel, sum)]
    // An expectation for each of so many sums would take most of the time.
    if (output !== expected)
      expect.fail(`${JSON.stringify(channel)}: ${sum} gives ${output}, not ${expected}`)
  }
}

describe('a line', () => {
  it('is there for all scales below a quarter but small ones, and exact', () => {
    for (let round = 0; round < 400; round++) {
      const channel = randomChannel(-10)
      expectExact(channel, lineOf(channel)!)
    }
  })

  it('is exact for smaller scales, too, where it is found', () => {
    let found = 0
    for (let round = 0; round < 400; round++) {
      const channel = randomChannel(-14)
      const line = lineOf(channel)
      if (line === undefined) continue
      found++
      expectExact(channel, line)
    }
    expect(found).toBeGreaterThan(300)
  })

  it.each([0.0123, 2 ** -10.7])('is exact at every sum, one after the other: scale %s', (scale) => {
    const largestSum = Math.ceil(140 / scale)
    const channel = {
      scale,
      zeroPoint: 3,
      sums: { min: -largestSum, max: largestSum },
      range: { min: 3, max: 127 },
    }
    const line = lineOf(channel)!
    for (let sum = -largestSum; sum <= largestSum; sum++) {
      if (outputOf(line, channel, sum) !== reference(channel, sum)) expect.fail(`sum ${sum}`)
    }
  })

  it('holds for every sum there is', () => {
    const channel = {
      scale: 0.0123,
      zeroPoint: 3,
      sums: { min: -100, max: 100 },
      range: { min: 3, max: 127 },
    }
    const line = lineOf(channel)!
    for (const sum of [-(2 ** 31), 2 ** 31 - 1, 2 ** 30, -(2 ** 30) - 1])
      expect(outputOf(line, channel, sum)).toBe(reference(channel, sum))
  })

  it('is wrong for halves below zero, which round away from it: their outputs have to be clamped', () => {
    const channel = {
      scale: 0.0123,
      zeroPoint: 0,
      sums: { min: -20000, max: 20000 },
      range: { min: 0, max: 127 },
    }
    const line = lineOf(channel)!
    const unclamped = { ...channel, range: { min: -128, max: 127 } }
    const sums = Array.from({ length: 20000 }, (_, at) => -at)
    expect(sums.some((sum) => outputOf(line, unclamped, sum) !== reference(unclamped, sum))).toBe(true)
  })

  it('is not found for scales that leave too few bits, and for large ones', () => {
    const range = { min: -128, max: 127 }
    expect(
      lineOf({ scale: 2 ** -17.3, zeroPoint: -128, range, sums: { min: -(2 ** 24), max: 2 ** 24 } }),
    ).toBeUndefined()
    expect(lineOf({ scale: 0.3, zeroPoint: -128, range, sums: { min: -1000, max: 1000 } })).toBeUndefined()
  })
})
