import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { activationRange, quantizedActivationRange } from './activation-range.ts'

it('clamps a real value', () => {
  expect(activationRange('RELU6')).toEqual({ min: 0, max: 6 })
})

it('names the activations that can be fused', () => {
  expect(() => activationRange('TANH')).toThrow(
    '[kernels] "fused activation": got TANH, expected one of NONE, RELU, RELU_N1_TO_1, RELU6',
  )
})

interface RangeCase {
  readonly fn: string
  readonly activation: string
  readonly type: string
  readonly scale: number
  readonly zero_point: number
  readonly act_min: number
  readonly act_max: number
}

describeWithFixtures('stored activation ranges equal TensorFlow Lite', () => {
  it('clamps stored integers', () => {
    const cases = goldenLines<RangeCase>('_primitives').filter(
      ({ fn }) => fn === 'CalculateActivationRangeQuantized',
    )
    expect(cases.length).toBeGreaterThan(50)
    expect(
      cases.map(({ activation, type, scale, zero_point }) =>
        quantizedActivationRange(activation, type.toLowerCase() as 'int8', Math.fround(scale), zero_point),
      ),
    ).toEqual(cases.map(({ act_min: min, act_max: max }) => ({ min, max })))
  })
})

it('rounds half bounds to even, zero point included, in the xnnpack arithmetic', () => {
  // -1 / 2 + 0 and -1 / 2 + 1; 6 / 4 + 7
  expect(quantizedActivationRange('RELU_N1_TO_1', 'int8', 2, 0, 'xnnpack')).toEqual({ min: 0, max: 0 })
  expect(quantizedActivationRange('RELU_N1_TO_1', 'int8', 2, 0)).toEqual({ min: -1, max: 1 })
  expect(quantizedActivationRange('RELU6', 'int8', 4, 7, 'xnnpack')).toEqual({ min: 7, max: 8 })
  expect(quantizedActivationRange('RELU6', 'int8', 4, 7)).toEqual({ min: 7, max: 9 })
})
