import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { top1 } from './top1.ts'

metricConformance(top1())

const scores = (...values: number[]) => ({ input: [], output: [Float32Array.from(values)] })

it('counts the labels that stand at the largest output', () => {
  const metric = top1()
  const state = metric.init()
  metric.update(state, { ...scores(1, 5, 2), label: 1 })
  metric.update(state, { ...scores(1, 5, 2), label: 2 })
  metric.update(state, { ...scores(7, 5, 2), label: 0 })
  metric.update(state, { ...scores(7, 5, 2), label: 1 })
  expect(metric.finish(state)).toBe(0.5)
})

it('takes the lowest index among equal outputs', () => {
  const metric = top1()
  const state = metric.init()
  metric.update(state, { ...scores(3, 3), label: 0 })
  metric.update(state, { ...scores(3, 3), label: 1 })
  expect(metric.finish(state)).toBe(0.5)
})

it('refuses a label that is no class of the model', () => {
  const metric = top1()
  expect(() => metric.update(metric.init(), { ...scores(1, 2, 3), label: 3 })).toThrow(
    '[evaluate] "label": got 3, expected a class index from 0 to 2. Check that the labels belong to this model',
  )
})
