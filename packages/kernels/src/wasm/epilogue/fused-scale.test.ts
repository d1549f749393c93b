import { roundHalfToEven, seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { fusedScale, fusedScales, startOfFloats } from './fused-scale.ts'

const clamp = (value: number, { min, max }: { min: number; max: number }): number =>
  Math.min(max, Math.max(min, value))

it('equals products that are rounded before, at every sum', () => {
  const random = seededRandom(5)
  let found = 0
  for (let round = 0; round < 60; round++) {
    const scale = Math.fround(2 ** (-1 - random.integer(12) - random.next()))
    const zeroPoint = random.integer(256) - 128
    const range = { min: round % 2 === 0 ? -128 : zeroPoint, max: round % 3 === 0 ? 100 : 127 }
    const center = [0, 0, 1234, -70_001, 6_000_001][round % 5]!
    const reach = Math.min(60_000, Math.ceil(400 / scale))
    const result = fusedScale({ scale, zeroPoint, range, center, reach })
    if (result === undefined) continue
    found++
    const { shift, offset } = result
    expect(Math.fround(offset)).toBe(offset)
    expect([center - reach + shift >= startOfFloats, center + reach + shift < 2 * startOfFloats]).toEqual([
      true,
      true,
    ])
    for (let sum = center - reach; sum <= center + reach; sum++) {
      const expected = clamp(roundHalfToEven(Math.fround(sum * scale)) + zeroPoint, range)
      const value = clamp(roundHalfToEven(Math.fround((sum + shift) * scale + offset)) + zeroPoint, range)
      if (value !== expected) expect({ scale, sum, value }).toEqual({ scale, sum, value: expected })
    }
  }
  expect(found).toBeGreaterThan(50)
})

it('is there for nearly all scales', () => {
  const random = seededRandom(6)
  const range = { min: -128, max: 127 }
  let found = 0
  for (let round = 0; round < 1000; round++) {
    const scale = Math.fround(2 ** (-5 - random.integer(8) - random.next()))
    const channel = { scale, zeroPoint: random.integer(256) - 128, range, center: 0, reach: 2 ** 20 }
    if (fusedScale(channel) !== undefined) found++
  }
  expect(found).toBeGreaterThan(990)
})

it.each([
  ['large scales', 0.5, 0, 1000],
  ['small scales', 2 ** -21, 0, 1000],
  ['no scale', 0, 0, 1000],
  ['far sums', 2 ** -10, 0, 2 ** 22],
  ['sums that float32 does not hold', 2 ** -10, 2 ** 24, 1000],
])('leaves %s alone', (_, scale, center, reach) => {
  const range = { min: -128, max: 127 }
  expect(fusedScale({ scale, zeroPoint: 3, range, center, reach })).toBeUndefined()
})

it('starts sums at the bits of floats', () => {
  const bias = Int32Array.of(77, -3_000_000)
  const bounds = {
    bias,
    centers: Int32Array.of(50, -7_000_000),
    largestSums: Float64Array.of(90_050, 7_090_000),
  }
  const scales = [0.002, 0.00001].map(Math.fround)
  const range = { min: -128, max: 127 }
  const { starts, offsets } = fusedScales({ ...bounds, scales, zeroPoint: -128, range })!
  for (const [channel, scale] of scales.entries()) {
    for (const sum of [-90_000, 0, 1, 4321, 90_000].map((more) => bounds.centers[channel]! + more)) {
      const [float] = new Float32Array(Int32Array.of(starts[channel]! + sum - bias[channel]!).buffer)
      const value = roundHalfToEven(Math.fround(float! * scale + offsets[channel]!))
      expect(value).toBe(roundHalfToEven(Math.fround(sum * scale)))
    }
  }
  const dead = { ...bounds, scales: [0.002, 2 ** -30], zeroPoint: -128, range }
  expect([fusedScales(dead), fusedScales({ bias, scales, zeroPoint: 0, range })]).toEqual([
    undefined,
    undefined,
  ])
})
