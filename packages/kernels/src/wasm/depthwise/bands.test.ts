import { expect, it } from 'vitest'
import { float32Loop, i16, usdot } from '../inner-loop.ts'
import { bandPlan, suitsBands } from './bands.ts'
import { float32Operands, integerOperands } from './cases.conformance.ts'
import type { DepthwiseCase } from './cases.conformance.ts'

const variant = { type: 'int8', inner: usdot } as const
const optionsOf = (each: DepthwiseCase) => integerOperands(each, variant).xnnpack.options
const small = { size: [7, 8], channels: 4, window: [3, 3] } as const

it('serves two output rows with steps of one, and shares rows with the next band with steps of two', () => {
  const ones = bandPlan(optionsOf(small).geometry)
  expect(ones.weights.map(([first]) => first!.map((tap) => tap?.row))).toEqual([
    [0, 1, 2, undefined],
    [undefined, 0, 1, 2],
  ])
  expect(ones.columns).toEqual({ left: 1, inside: 8, right: 1 })
  const twos = bandPlan(optionsOf({ ...small, stride: 2 }).geometry)
  expect(twos.weights.map(([first]) => first!.map((tap) => tap?.row))).toEqual([[0, 1, 2, undefined]])
  expect(twos.columns).toEqual({ left: 0, inside: 8, right: 1 })
})

it('needs no columns beside an input that no window leaves', () => {
  const { columns } = bandPlan(optionsOf({ ...small, padding: 'VALID' }).geometry)
  expect(columns).toEqual({ left: 0, inside: 8, right: 0 })
})

it('serves small windows on whole vectors of bytes only', () => {
  expect(suitsBands(optionsOf(small))).toBe(true)
  expect(suitsBands({ ...optionsOf(small), compact: true })).toBe(false)
  expect(suitsBands({ ...optionsOf(small), inner: i16 })).toBe(false)
  expect(suitsBands(float32Operands(small, 'xnnpack', float32Loop).options)).toBe(false)
  const others: readonly Partial<DepthwiseCase>[] = [
    { stride: 3 },
    { dilation: 2 },
    { multiplier: 2 },
    { window: [3, 2] },
    { window: [2, 3] },
    { channels: 6 },
    { size: [7, 6] },
  ]
  for (const other of others) expect(suitsBands(optionsOf({ ...small, ...other }))).toBe(false)
})
