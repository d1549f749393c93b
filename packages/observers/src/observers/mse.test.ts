import { scanValues, seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { addToHistogram, emptyHistogram } from '../histogram.ts'
import { observerConformance } from '../observer.conformance.ts'
import { quantizationError } from '../quantization-error.ts'
import { mse } from './mse.ts'

observerConformance('mse', mse)

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [1000] }
const random = seededRandom(5)
const normal = Float32Array.from({ length: 400_000 }, () => random.normal())

function rangeOf(values: Float32Array) {
  const observer = mse()
  const state = observer.init(tensor)
  observer.update(state, values)
  return observer.finish(state)
}

function minMaxOf(values: Float32Array) {
  const { min = 0, max = 0 } = scanValues(values).extremes() ?? {}
  return { min, max }
}

/** Mean squared error of the values themselves, in 256 levels with 0 among them. */
function errorOf(values: Float32Array, { min, max }: { min: number; max: number }): number {
  const step = (max - min) / 255
  const lowest = Math.round(min / step)
  return values.reduce((sum, value) => {
    const level = Math.max(lowest, Math.min(lowest + 255, Math.round(value / step)))
    return sum + (value - level * step) ** 2 / values.length
  }, 0)
}

it('cuts each end where the values themselves have less error', () => {
  const skewed = normal.map((value) => (value < 0 ? value : value ** 2))
  const whole = minMaxOf(skewed)
  const range = rangeOf(skewed)
  expect(range.min).toBeGreaterThanOrEqual(whole.min)
  expect(range.max).toBeLessThan(0.95 * whole.max)
  expect(errorOf(skewed, range)).toBeLessThan(0.98 * errorOf(skewed, whole))
  for (const share of [0.5, 0.7, 0.9, 1.1]) {
    expect(errorOf(skewed, range)).toBeLessThan(1.01 * errorOf(skewed, { ...range, max: share * range.max }))
    expect(errorOf(skewed, range)).toBeLessThan(1.01 * errorOf(skewed, { ...range, min: share * range.min }))
  }
})

it('weighs one value in a million against the step of all others, by hand', () => {
  const values = new Float32Array(1_000_000).map((_, at) => (at % 512) / 512)
  values[7] = 50
  // Least of (50 - max)^2 / 10^6 + (max / 255)^2 / 12.
  const best = 50 / (1 + 1e6 / (12 * 255 ** 2))
  expect(Math.abs(rangeOf(values).max / best - 1)).toBeLessThan(0.05)
})

it('does not pay for the zeros of RELU with the values above', () => {
  const values = Float32Array.from({ length: 1_000_000 }, (_, at) => (at < 1000 ? normal[at]! ** 2 : 0))
  const some = rangeOf(values.slice(0, 1000))
  expect(rangeOf(values)).toEqual(some)
})

it('has 0 inside, and is not wider than needed for that', () => {
  expect(rangeOf(Float32Array.of(2.5, 2.5))).toEqual({ min: 0, max: 2.5 })
  expect(rangeOf(Float32Array.of(-2.5, -2.5))).toEqual({ min: -2.5, max: 0 })
  expect(rangeOf(Float32Array.of(0, 0))).toEqual({ min: 0, max: 0 })
})

it('keeps the whole range where nothing is gained', () => {
  const even = Float32Array.from({ length: 256 }, (_, at) => at - 128)
  expect(rangeOf(even)).toEqual({ min: -128, max: 127 })
})

it('ends at the same numbers on every engine', () => {
  const histogram = emptyHistogram()
  addToHistogram(histogram, 'test', scanValues(normal))
  expect(mse().finish(histogram)).toEqual({
    min: -3.6767012547061313,
    max: 3.7355597364949062,
  })
})

it.each([
  ['one end', (value: number) => Math.max(0, value) ** 2],
  ['both ends', (value: number) => value ** 3],
])('leaves out no try that would be better, with values at %s', (_, shape) => {
  const histogram = emptyHistogram()
  addToHistogram(histogram, 'test', scanValues(normal.subarray(0, 20_000).map(shape)))
  const errorIn = quantizationError(histogram)
  const found = mse().finish(histogram)
  const shares = [1]
  while (shares.length < 197) shares.push((shares.at(-1)! * 31) / 32)
  const tried = shares.flatMap((share) => [
    { ...found, max: histogram.max * share },
    { ...found, min: Math.min(0, histogram.min) * share },
  ])
  expect(tried).toContainEqual(found)
  expect(Math.min(...tried.map((range) => errorIn(range)))).toBe(errorIn(found))
})
