import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { pack } from './pack.ts'

const parts = [testTensor('int16', [2], { values: [1, 2] }), testTensor('int16', [2], { values: [3, 4] })]

it.each([
  [0, [1, 2, 3, 4]],
  [1, [1, 3, 2, 4]],
  [-1, [1, 3, 2, 4]],
  [-2, [1, 2, 3, 4]],
] as const)('PACK joins along a new dimension %d', (axis, expected) => {
  const output = testTensor('int16', [2, 2])
  pack.prepare(testContext('PACK', parts, [output], { axis }))()
  expect([...output.data]).toEqual(expected)
})

it('PACK joins scalars', () => {
  const scalars = [1, 2, 3].map((value) => testTensor('int64', [], { values: [value] }))
  const output = testTensor('int64', [3])
  pack.prepare(testContext('PACK', scalars, [output]))()
  expect([...output.data]).toEqual([1n, 2n, 3n])
})

it('PACK refuses shapes that differ, other types, axes and outputs', () => {
  const output = testTensor('int16', [2, 2])
  const other = [parts[0]!, testTensor('int16', [3])]
  expect(() => pack.prepare(testContext('PACK', other, [output]))).toThrow('got [3], expected [2]')
  const typed = [parts[0]!, testTensor('int8', [2])]
  expect(() => pack.prepare(testContext('PACK', typed, [output]))).toThrow('inputs of type int16, int8')
  expect(() => pack.prepare(testContext('PACK', parts, [output], { axis: 2 }))).toThrow('axis 2')
  const wide = testTensor('int16', [2, 3])
  expect(() => pack.prepare(testContext('PACK', parts, [wide]))).toThrow(
    'got output shape [2, 3], expected [2, 2]',
  )
})

it('PACK refuses scales that differ', () => {
  const scaled = [testTensor('int8', [1], { scale: 0.5 }), testTensor('int8', [1], { scale: 0.25 })]
  const context = testContext('PACK', scaled, [testTensor('int8', [2, 1], { scale: 0.5 })])
  expect(() => pack.prepare(context)).toThrow('got scale 0.25 and zero point 0, expected that of the output')
})
