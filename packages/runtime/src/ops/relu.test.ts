import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { relu } from './relu.ts'

it('RELU takes float32, and rescales int16', () => {
  const real = testTensor('float32', [3])
  const values = [-1, 2, 100]
  relu.prepare(testContext('RELU', [testTensor('float32', [3], { values })], [real]))()
  expect([...real.data]).toEqual([0, 2, 100])
  const stored = testTensor('int16', [3], { scale: 0.1 })
  relu.prepare(testContext('RELU', [testTensor('int16', [3], { scale: 1, values })], [stored]))()
  expect([...stored.data]).toEqual([0, 20, 1000])
})

it('RELU refuses to change the type', () => {
  const inputs = [testTensor('int8', [1], { scale: 1 })]
  expect(() => relu.prepare(testContext('RELU', inputs, [testTensor('int16', [1], { scale: 1 })]))).toThrow(
    '"RELU": got inputs of type int8 and outputs of type int16',
  )
})
