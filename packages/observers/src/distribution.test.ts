import { expect, it } from 'vitest'
import { distribution } from './distribution.ts'
import { histogramQuantile } from './histogram.ts'

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [4] }

it('gives the histogram of all that was seen, which later values leave alone', () => {
  const observer = distribution()
  const state = observer.init(tensor)
  observer.update(state, Float32Array.of(-1, 0, 0.5, 3))
  const seen = observer.finish(state)
  expect([seen.count, seen.min, seen.max]).toEqual([4, -1, 3])
  expect(seen.counts.reduce((sum, count) => sum + count, 0)).toBe(4)
  expect(histogramQuantile(seen, 0.25)).toBeLessThan(0)
  observer.update(state, Float32Array.of(9))
  expect(seen.count).toBe(4)
})

it('does not depend on the grouping of the values', () => {
  const observer = distribution()
  const [a, b, all] = [observer.init(tensor), observer.init(tensor), observer.init(tensor)]
  observer.update(a, Float32Array.of(0.1, 0.2))
  observer.update(b, Float32Array.of(-70))
  observer.update(all, Float32Array.of(-70, 0.1, 0.2))
  expect(observer.finish(observer.merge(a, b))).toEqual(observer.finish(all))
})

it('throws when it has seen nothing', () => {
  expect(() => distribution().finish(distribution().init(tensor))).toThrow('distribution')
})
