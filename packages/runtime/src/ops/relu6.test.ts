import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { relu6 } from './relu6.ts'

it('RELU6 takes float32, and rescales int16', () => {
  const real = testTensor('float32', [3])
  const values = [-1, 2, 100]
  relu6.prepare(testContext('RELU6', [testTensor('float32', [3], { values })], [real]))()
  expect([...real.data]).toEqual([0, 2, 6])
  const stored = testTensor('int16', [3], { scale: 0.1 })
  relu6.prepare(testContext('RELU6', [testTensor('int16', [3], { scale: 1, values })], [stored]))()
  expect([...stored.data]).toEqual([0, 20, 60])
})

it('RELU6 refuses to change the type', () => {
  const inputs = [testTensor('int8', [1], { scale: 1 })]
  expect(() => relu6.prepare(testContext('RELU6', inputs, [testTensor('int16', [1], { scale: 1 })]))).toThrow(
    '"RELU6": got inputs of type int8 and outputs of type int16',
  )
})
