import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { rocAuc } from './roc-auc.ts'

metricConformance(rocAuc())

function areaOf(samples: readonly (readonly [score: number, label: number])[]): number {
  const metric = rocAuc()
  const state = metric.init()
  for (const [score, label] of samples) {
    metric.update(state, { input: [], output: [Float32Array.of(-5, score)], label })
  }
  return metric.finish(state)
}

it('is the share of pairs in the right order, ties counting half', () => {
  // Of four pairs 3 > 1, 3 > 2 and 2 > 1 are right, 2 and 2 is a tie.
  expect(
    areaOf([
      [1, 0],
      [2, 0],
      [2, 1],
      [3, 1],
    ]),
  ).toBe(3.5 / 4)
  expect(
    areaOf([
      [5, 0],
      [1, 1],
    ]),
  ).toBe(0)
})

it('takes how badly the input is reconstructed for the score', () => {
  const metric = rocAuc({ score: 'reconstruction' })
  const state = metric.init()
  const input = [{ type: 'float32', shape: [2], data: Float32Array.of(1, 2) }] as const
  metric.update(state, { input, output: [Float32Array.of(1, 2)], label: 0 })
  metric.update(state, { input, output: [Float32Array.of(0, 0)], label: 1 })
  expect(state).toEqual({ usual: [0], anomalies: [2.5] })
  expect(metric.finish(state)).toBe(1)
  expect(() => metric.update(state, { input: [], output: [Float32Array.of(1)], label: 1 })).toThrow(
    'got 1 outputs for 0 inputs, expected as many outputs as inputs',
  )
})

it('needs samples of both kinds', () => {
  expect(() => areaOf([[1, 0]])).toThrow('got 1 usual samples and 0 anomalies, expected some of both')
})
