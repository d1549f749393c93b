import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { pad } from './pad.ts'

const paddings = (values: readonly number[], type: 'int32' | 'int64' = 'int32') =>
  testTensor(type, [values.length / 2, 2], { values, constant: true })

it('PAD fills with the zero point', () => {
  const output = testTensor('int8', [1, 4], { scale: 1, zeroPoint: -7 })
  const input = testTensor('int8', [1, 2], { scale: 1, zeroPoint: -7, values: [1, 2] })
  pad.prepare(testContext('PAD', [input, paddings([0, 0, 1, 1], 'int64')], [output]))()
  expect([...output.data]).toEqual([-7, 1, 2, -7])
})

it('PAD fills with 0 where there is no zero point', () => {
  const output = testTensor('float32', [3])
  const input = testTensor('float32', [1], { values: [5] })
  pad.prepare(testContext('PAD', [input, paddings([0, 2])], [output]))()
  expect([...output.data]).toEqual([5, 0, 0])
})

it('PAD refuses negative amounts, and amounts that do not lead to the output', () => {
  const [input, output] = [testTensor('float32', [4]), testTensor('float32', [4])]
  expect(() => pad.prepare(testContext('PAD', [input, paddings([-1, 1])], [output]))).toThrow(
    'got paddings [-1, 1] from [4] to [4]',
  )
  expect(() => pad.prepare(testContext('PAD', [input, paddings([1, 1])], [output]))).toThrow(
    'got paddings [1, 1] from [4] to [4]',
  )
})

it('PAD refuses amounts that are computed at run time', () => {
  const [input, output] = [testTensor('float32', [4]), testTensor('float32', [4])]
  const amounts = testTensor('int32', [1, 2])
  expect(() => pad.prepare(testContext('PAD', [input, amounts], [output]))).toThrow('expected a constant')
})
