import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { softmax } from './softmax.ts'

it('SOFTMAX works on the last dimension, with beta', () => {
  const output = testTensor('float32', [2, 2])
  const input = testTensor('float32', [2, 2], { values: [1, 1, 0, Math.log(3)] })
  softmax.prepare(testContext('SOFTMAX', [input], [output], { beta: 2 }))()
  expect([...output.data]).toEqual([0.5, 0.5, expect.closeTo(0.1, 6), expect.closeTo(0.9, 6)])
})

it('SOFTMAX of a vector of int8', () => {
  const output = testTensor('int8', [2], { scale: 1 / 256, zeroPoint: -128 })
  const input = testTensor('int8', [2], { scale: 0.1, values: [5, 5] })
  softmax.prepare(testContext('SOFTMAX', [input], [output], { beta: 1 }))()
  expect([...output.data]).toEqual([0, 0])
})

it('SOFTMAX refuses int16 outputs of another scale than its kernel has', () => {
  const tensor = testTensor('int16', [2], { scale: 1 })
  expect(() => softmax.prepare(testContext('SOFTMAX', [tensor], [tensor], { beta: 1 }))).toThrow(
    'got scale 1 and zero point 0, expected scale 0.000030517578125 and zero point 0',
  )
})
