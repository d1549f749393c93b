import { seededRandom } from '@quantrx/core'
import type { Evaluation, Metric } from '@quantrx/core'
import { describe, expect, it } from 'vitest'

/** Seeded evaluations of 5 classes that carry everything a metric may need. */
function evaluations(count: number): Evaluation[] {
  const random = seededRandom(count)
  const scores = (): Float32Array => Float32Array.from({ length: 5 }, () => random.normal())
  return Array.from({ length: count }, () => ({
    input: [],
    output: [scores()],
    label: random.integer(5),
    reference: [scores()],
    logits: { values: scores(), reference: scores(), range: { min: -1, max: 1 } },
  }))
}

/** What every metric must keep; the test of each calls it. */
export function metricConformance<State>(metric: Metric<State, unknown>): void {
  const run = (items: readonly Evaluation[]): State => {
    const state = metric.init()
    for (const item of items) metric.update(state, item)
    return state
  }

  describe(`metric ${metric.name} keeps the contract`, () => {
    const items = evaluations(60)

    it('shares no state between runs', () => {
      const untouched = JSON.stringify(metric.init())
      run(items)
      expect(JSON.stringify(metric.init())).toBe(untouched)
    })

    it('keeps its state through JSON', () => {
      const state = run(items)
      expect(metric.finish(JSON.parse(JSON.stringify(state)) as State)).toEqual(metric.finish(state))
    })

    it('gives the same for a merged split, up to float64 rounding', () => {
      const whole = metric.finish(run(items))
      const merged = metric.finish(metric.merge(run(items.slice(0, 23)), run(items.slice(23))))
      if (typeof whole === 'number') expect(merged).toBeCloseTo(whole, 9)
      else expect(merged).toEqual(whole)
    })

    it('alters neither side of a merge', () => {
      const [a, b] = [run(items.slice(0, 10)), run(items.slice(10))]
      const before = JSON.stringify([a, b])
      metric.update(metric.merge(a, b), items[0]!)
      expect(JSON.stringify([a, b])).toBe(before)
    })

    it('does not alter what it is given', () => {
      const before = JSON.stringify(items)
      run(items)
      expect(JSON.stringify(items)).toBe(before)
    })
  })
}
