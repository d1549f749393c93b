import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { squeeze } from './squeeze.ts'

it('SQUEEZE copies the elements of any type', () => {
  const output = testTensor('int64', [3])
  squeeze.prepare(testContext('SQUEEZE', [testTensor('int64', [1, 3], { values: [1, 2, 3] })], [output]))()
  expect([...output.data]).toEqual([1n, 2n, 3n])
})

it('SQUEEZE refuses another number of elements, and another type', () => {
  const input = testTensor('int8', [4])
  expect(() => squeeze.prepare(testContext('SQUEEZE', [input], [testTensor('int8', [2, 3])]))).toThrow(
    '"SQUEEZE": got input shape [4] and output shape [2, 3], expected as many elements in both',
  )
  expect(() => squeeze.prepare(testContext('SQUEEZE', [input], [testTensor('uint8', [4])]))).toThrow(
    '"SQUEEZE": got inputs of type int8 and outputs of type uint8',
  )
})
