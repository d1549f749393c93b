import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { quantize } from './quantize.ts'

it('QUANTIZE takes float32 to integers', () => {
  const output = testTensor('uint8', [3], { scale: 0.5, zeroPoint: 10 })
  const input = testTensor('float32', [3], { values: [0.25, -0.25, 1000] })
  quantize.prepare(testContext('QUANTIZE', [input], [output]))()
  expect([...output.data]).toEqual([11, 9, 255])
})

it('QUANTIZE takes one integer type to another', () => {
  const output = testTensor('int16', [2], { scale: 0.25 })
  const input = testTensor('int8', [2], { scale: 0.5, zeroPoint: 1, values: [1, -128] })
  quantize.prepare(testContext('QUANTIZE', [input], [output]))()
  expect([...output.data]).toEqual([0, -258])
})

it('QUANTIZE refuses int32, naming what is supported', () => {
  const context = testContext(
    'QUANTIZE',
    [testTensor('int32', [1], { scale: 1 })],
    [testTensor('int8', [1], { scale: 1 })],
  )
  expect(() => quantize.prepare(context)).toThrow(
    '"QUANTIZE": got inputs of type int32 and outputs of type int8, expected one of float32, int8',
  )
})
