import { ShapeError, UnsupportedError } from '@quantrx/core'
import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { addN } from './add-n.ts'

it.each(['float32', 'int32'] as const)('ADD_N adds any number of %s tensors', (type) => {
  const tensor = (...values: number[]) => testTensor(type, [2], { values })
  const output = tensor(99, 99)
  const step = addN.prepare(testContext('ADD_N', [tensor(1, 2), tensor(3, -4), tensor(10, 20)], [output]))
  step()
  step()
  expect([...output.data]).toEqual([14, 18])
})

it('ADD_N refuses other types and shapes', () => {
  const [two, three, stored] = [
    testTensor('float32', [2]),
    testTensor('float32', [3]),
    testTensor('int8', [2]),
  ]
  expect(() => addN.prepare(testContext('ADD_N', [two, three], [two]))).toThrow(ShapeError)
  expect(() => addN.prepare(testContext('ADD_N', [two, stored], [two]))).toThrow(UnsupportedError)
  expect(() => addN.prepare(testContext('ADD_N', [stored, stored], [stored]))).toThrow(
    'expected one of float32; int32',
  )
})
