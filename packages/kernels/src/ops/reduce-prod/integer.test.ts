import { expect, it } from 'vitest'
import { reductionGeometry } from '../../shared/reduction.ts'
import { reduceProdInteger } from './integer.ts'

it('multiplies rows of real numbers within a step, and saturates', () => {
  const run = reduceProdInteger({
    geometry: reductionGeometry('REDUCE_PROD', [3, 3], [1]),
    input: { scale: 0.5, zeroPoint: -2 },
    output: { scale: 0.25, zeroPoint: 10 },
    range: { min: -128, max: 127 },
  })
  const output = new Int8Array(3)
  // 1 · 2 · 1.5, -1 · 1 · 3, and 5 · 5 · 5, which is beyond what the output holds.
  const stored = [1, 2, 1.5, -1, 1, 3, 5, 5, 5].map((value) => value / 0.5 - 2)
  run(Int8Array.from(stored), output)
  expect(Math.abs(output[0]! - (3 / 0.25 + 10))).toBeLessThanOrEqual(1)
  expect(Math.abs(output[1]! - (-3 / 0.25 + 10))).toBeLessThanOrEqual(1)
  expect(output[2]).toBe(127)
})
