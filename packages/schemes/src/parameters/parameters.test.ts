import { describe, expect, it } from 'vitest'
import { asymmetricParameters } from './activation.ts'
import { biasScales, quantizeBias, widenForBias } from './bias.ts'
import { largestMagnitudes, quantizeSymmetric, symmetricScales } from './symmetric.ts'

describe('asymmetric parameters', () => {
  it.each([
    [-1, 1, 0.0078431377, -1],
    [0, 6, 0.0235294122, -128],
    [-0.5, 2.5, 0.0117647061, -86],
    [0.3, 4, 0.0156862754, -128],
    [-3, -1, 0.0117647061, 127],
    [0, 0, 1, 0],
  ])('of [%d, %d] are scale %d, zero point %i (spec 3.1)', (min, max, scale, zeroPoint) => {
    const parameters = asymmetricParameters({ min, max })
    expect(parameters.scale).toBeCloseTo(scale, 9)
    expect(Math.fround(parameters.scale)).toBe(parameters.scale)
    expect(parameters.zeroPoint).toBe(zeroPoint)
  })

  it.each([
    [-3.4e38, 3.4e38],
    [0, 1e-45],
    [-1e-40, 1e-40],
    [-1e-30, 3e38],
  ])('of [%d, %d] are usable', (min, max) => {
    const { scale, zeroPoint } = asymmetricParameters({ min, max })
    expect(scale > 0 && Number.isFinite(scale) && Number.isFinite(Math.fround(1 / scale))).toBe(true)
    expect(Number.isInteger(zeroPoint) && zeroPoint >= -128 && zeroPoint <= 127).toBe(true)
  })

  it('of a range wider than float32 reach both of its ends', () => {
    const { scale, zeroPoint } = asymmetricParameters({ min: -3.4e38, max: 3.4e38 })
    expect((scale * (-128 - zeroPoint)) / -3.4e38).toBeCloseTo(1, 1)
    expect((scale * (127 - zeroPoint)) / 3.4e38).toBeCloseTo(1, 1)
  })

  it('of uint8 have the same scale and a zero point 128 higher', () => {
    expect(asymmetricParameters({ min: -1, max: 3 }, 'uint8')).toEqual({
      scale: asymmetricParameters({ min: -1, max: 3 }).scale,
      zeroPoint: 64,
    })
  })
})

describe('symmetric weights', () => {
  const slices = { values: Float32Array.of(1, -2, 3, 0.5, 0, -4), shape: [3, 2], axis: 0 }

  it('have a scale for each channel, 1 for zeros', () => {
    expect(largestMagnitudes(slices)).toEqual([2, 3, 4])
    expect(largestMagnitudes({ ...slices, axis: 1 })).toEqual([3, 4])
    expect(largestMagnitudes({ ...slices, axis: undefined })).toEqual([4])
    expect(symmetricScales([127, 0, 1])).toEqual([1, 1, Math.fround(1 / 127)])
  })

  it('have a scale for each channel of depthwise weights, whose channels come last', () => {
    const values = Float32Array.of(1, 10, 2, 20, 3, 30)
    const depthwise = { values, shape: [1, 1, 3, 2], axis: 3 }
    expect(largestMagnitudes(depthwise)).toEqual([3, 30])
    expect(Array.from(quantizeSymmetric(depthwise, [3 / 127, 30 / 127]))).toEqual([42, 42, 85, 85, 127, 127])
  })

  it('of a channel of zeros are zeros', () => {
    const zeros = { values: new Float32Array(4), shape: [2, 2], axis: 0 }
    expect(Array.from(quantizeSymmetric(zeros, symmetricScales(largestMagnitudes(zeros))))).toEqual([
      0, 0, 0, 0,
    ])
  })

  it('use -127 to 127, halves away from zero', () => {
    expect(Array.from(quantizeSymmetric(slices, [2 / 127, 3 / 127, 4 / 127]))).toEqual([
      64, -127, 127, 21, 0, -127,
    ])
    expect(Array.from(quantizeSymmetric({ ...slices, axis: undefined }, [0.001]))).toEqual([
      127, -127, 127, 127, 0, -127,
    ])
  })
})

describe('bias', () => {
  it('has the scale of the products', () => {
    expect(biasScales(0.1, [0.5, 0.25])).toEqual([Math.fround(0.05), Math.fround(0.025)])
    expect(Array.from(quantizeBias(Float32Array.of(1, -1), [0.5, 0.25]))).toEqual([2, -4])
    expect(Array.from(quantizeBias(Float32Array.of(1e30, -1e30), [0.5]))).toEqual([
      2 ** 31 - 1,
      -(2 ** 31 - 1),
    ])
  })

  it('widens the scale of a channel whose bias would take more than half of int32', () => {
    const bias = Float32Array.of(1, 1e6)
    const [first, second] = widenForBias([0.01, 0.01], bias, 1e-6)
    expect(first).toBe(0.01)
    expect(second).toBeGreaterThan(0.01)
    const [, stored = 0] = quantizeBias(bias, biasScales(1e-6, [first!, second!]))
    expect(stored).toBeLessThanOrEqual(2 ** 30)
    expect(stored).toBeGreaterThan(2 ** 30 * 0.99)
  })

  it('widens scales whose product is too small for float32', () => {
    const [scale = 0] = widenForBias([1e-30], undefined, 1e-30)
    expect(Number.isFinite(Math.fround(1 / Math.fround(1e-30 * scale)))).toBe(true)
  })
})
