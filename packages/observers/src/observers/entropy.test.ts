import { scanValues, seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { addToHistogram, emptyHistogram } from '../histogram.ts'
import { observerConformance } from '../observer.conformance.ts'
import { entropy } from './entropy.ts'

observerConformance('entropy', entropy)

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [1000] }
const random = seededRandom(6)
const normal = Float32Array.from({ length: 50_000 }, () => random.normal())

function rangeOf(values: Float32Array) {
  const observer = entropy()
  const state = observer.init(tensor)
  observer.update(state, values)
  return observer.finish(state)
}

it('cuts far values off at the same magnitude on both sides', () => {
  const values = normal.slice()
  values.set([10, -10])
  const { min, max } = rangeOf(values)
  expect(max).toBeGreaterThan(2.5)
  expect(max).toBeLessThan(5)
  expect(min).toBe(-max)
})

it('keeps 128 levels of equal counts whole', () => {
  const even = Float32Array.from({ length: 1024 }, (_, at) => (at + 0.5) / 1024)
  expect(rangeOf(even)).toEqual({ min: even[0], max: even[1023] })
})

it('does not count zeros, which are exact in any range', () => {
  const rectified = normal.map((value) => Math.max(0, value))
  const padded = new Float32Array(10 * rectified.length)
  padded.set(rectified)
  expect(rangeOf(padded)).toEqual(rangeOf(rectified))
})

it('never goes beyond the values', () => {
  expect(rangeOf(Float32Array.of(-2.5, -2.5))).toEqual({ min: -2.5, max: -2.5 })
  expect(rangeOf(Float32Array.of(3, 0, 1))).toEqual({ min: 0, max: 3 })
  expect(rangeOf(Float32Array.of(0, 0))).toEqual({ min: 0, max: 0 })
})

it('ends at the same numbers on every engine', () => {
  expect(rangeOf(normal)).toEqual({ min: -3.58203125, max: 3.58203125 })
})

/** Straight from the definition: kept bins, with the outer ones in the last, beside what 128 levels make of them. */
function divergenceOf(counts: readonly number[], kept: number): number {
  const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
  const own = counts.slice(0, kept)
  const [total, inside] = [sumOf(counts), sumOf(own)]
  const moved = [...own.slice(0, -1), own.at(-1)! + total - inside]
  const [merged, occupied] = [new Array<number>(128).fill(0), new Array<number>(128).fill(0)]
  const levelOf = (bin: number): number => Math.floor((bin * 128) / kept)
  moved.forEach((count, bin) => {
    merged[levelOf(bin)]! += own[bin]!
    if (count > 0) occupied[levelOf(bin)]!++
  })
  const terms = moved.map((count, bin) => {
    const spread = merged[levelOf(bin)]! / occupied[levelOf(bin)]! / inside
    return count === 0 ? 0 : (count / total) * Math.log(count / total / spread)
  })
  return sumOf(terms)
}

it.each([1, 2, 3, 4])('diverges least of all cuts, by the definition, with seed %i', (seed) => {
  const own = seededRandom(seed)
  const histogram = emptyHistogram()
  const values = Float32Array.from({ length: 4000 }, () => Math.abs(own.normal()) ** seed)
  addToHistogram(histogram, 'test', scanValues(values))
  const last = histogram.counts.findLastIndex((count) => count > 0)
  const counts = [histogram.counts[1025]!, ...histogram.counts.slice(1025, last + 1)]
  const kept = entropy().finish(histogram).max / 2 ** histogram.exponent
  const all = Array.from({ length: counts.length - 127 }, (_, at) => divergenceOf(counts, at + 128))
  expect(kept).toBeLessThan(0.99 * counts.length)
  expect(divergenceOf(counts, kept)).toBeLessThan(Math.min(...all) + 1e-12)
})
