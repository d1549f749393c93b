import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { reshape } from './reshape.ts'

it('RESHAPE copies the elements of any type', () => {
  const output = testTensor('int64', [3])
  reshape.prepare(testContext('RESHAPE', [testTensor('int64', [1, 3], { values: [1, 2, 3] })], [output]))()
  expect([...output.data]).toEqual([1n, 2n, 3n])
})

it('RESHAPE refuses another number of elements, and another type', () => {
  const input = testTensor('int8', [4])
  expect(() => reshape.prepare(testContext('RESHAPE', [input], [testTensor('int8', [2, 3])]))).toThrow(
    '"RESHAPE": got input shape [4] and output shape [2, 3], expected as many elements in both',
  )
  expect(() => reshape.prepare(testContext('RESHAPE', [input], [testTensor('uint8', [4])]))).toThrow(
    '"RESHAPE": got inputs of type int8 and outputs of type uint8',
  )
})
