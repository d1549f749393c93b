import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { sub } from './sub.ts'

it('SUB subtracts the second input from the first', () => {
  const output = testTensor('int8', [2], { scale: 1 })
  const a = testTensor('int8', [2], { scale: 1, values: [10, -100] })
  const b = testTensor('int8', [1], { scale: 1, values: [30] })
  sub.prepare(testContext('SUB', [a, b], [output]))()
  expect([...output.data]).toEqual([-20, -128])
})

it('SUB refuses the old int16 arithmetic', () => {
  const tensor = testTensor('int16', [2], { scale: 1 })
  expect(() => sub.prepare(testContext('SUB', [tensor, tensor], [tensor]))).toThrow('pot_scale_int16')
})
