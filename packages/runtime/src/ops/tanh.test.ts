import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { tanh } from './tanh.ts'

it('TANH takes float32 and int8', () => {
  const real = testTensor('float32', [1])
  tanh.prepare(testContext('TANH', [testTensor('float32', [1], { values: [1] })], [real]))()
  expect([...real.data]).toEqual([Math.fround(Math.tanh(1))])
  const stored = testTensor('int8', [2], { scale: 1 / 128 })
  const input = testTensor('int8', [2], { scale: 0.5, values: [2, -2] })
  tanh.prepare(testContext('TANH', [input], [stored]))()
  expect([...stored.data]).toEqual([97, -97])
})
