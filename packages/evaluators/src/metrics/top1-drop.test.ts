import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { top1Drop } from './top1-drop.ts'

metricConformance(top1Drop())

function dropOf(lost: number, won: number, both: number) {
  const metric = top1Drop()
  const state = metric.init()
  const right = [Float32Array.of(1, 0)]
  const wrong = [Float32Array.of(0, 1)]
  const add = (count: number, output: typeof right, reference: typeof right) => {
    for (let at = 0; at < count; at++) metric.update(state, { input: [], output, reference, label: 0 })
  }
  add(lost, wrong, right)
  add(won, right, wrong)
  add(both, right, right)
  return metric.finish(state)
}

it('tests the samples on which the models differ', () => {
  // Of 2^10 splits of 10, 2 * (1 + 10) are 1 to 9 or more uneven.
  expect(dropOf(9, 1, 90)).toEqual({ drop: 0.08, lost: 9, won: 1, pValue: expect.closeTo(22 / 1024, 12) })
})

it('takes no difference, or an even one, for chance', () => {
  expect(dropOf(0, 0, 5).pValue).toBe(1)
  expect(dropOf(3, 3, 5)).toMatchObject({ drop: 0, pValue: 1 })
})

it('knows large numbers', () => {
  expect(dropOf(3000, 2000, 0).pValue).toBeLessThan(1e-40)
})
