import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { mul } from './mul.ts'

it('MUL multiplies real numbers', () => {
  const output = testTensor('uint8', [2], { scale: 1, zeroPoint: 100 })
  const a = testTensor('uint8', [2], { scale: 0.5, zeroPoint: 128, values: [132, 0] })
  const b = testTensor('uint8', [1], { scale: 1, values: [3] })
  mul.prepare(testContext('MUL', [a, b], [output]))()
  expect([...output.data]).toEqual([106, 0])
})

it('MUL takes int16, which has no power-of-two variant', () => {
  const output = testTensor('int16', [1], { scale: 1 })
  const input = testTensor('int16', [1], { scale: 1, values: [-150] })
  mul.prepare(testContext('MUL', [input, input], [output]))()
  expect([...output.data]).toEqual([22500])
})

it('MUL refuses types without an arithmetic', () => {
  const tensor = testTensor('uint32', [2])
  expect(() => mul.prepare(testContext('MUL', [tensor, tensor], [tensor]))).toThrow(
    'got inputs of type uint32, uint32',
  )
})
