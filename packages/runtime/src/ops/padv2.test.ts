import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { padv2 } from './padv2.ts'

const paddings = (...values: readonly number[]) =>
  testTensor('int32', [values.length / 2, 2], { values, constant: true })

it.each(['float32', 'int64'] as const)('PADV2 surrounds %s with a value', (type) => {
  const [input, value] = [testTensor(type, [2], { values: [1, 2] }), testTensor(type, [1], { values: [7] })]
  const output = testTensor(type, [5])
  const step = padv2.prepare(testContext('PADV2', [input, paddings(1, 2), value], [output]))
  step()
  expect(Array.from<number | bigint, number>(output.data, Number)).toEqual([7, 1, 2, 7, 7])
  step()
  expect(Array.from<number | bigint, number>(output.data, Number)).toEqual([7, 1, 2, 7, 7])
})

it('PADV2 refuses a value of another type or scale, and paddings that lead elsewhere', () => {
  const quantized = { scale: 0.5, zeroPoint: 3 }
  const [input, output] = [testTensor('int8', [2], quantized), testTensor('int8', [3], quantized)]
  const prepare = (value: ReturnType<typeof testTensor>, amounts = paddings(1, 0)) =>
    padv2.prepare(testContext('PADV2', [input, amounts, value], [output]))
  expect(() => prepare(testTensor('float32', [1]))).toThrow('inputs of type int8, int32, float32')
  expect(() => prepare(testTensor('int8', [1], { scale: 0.25, zeroPoint: 3 }))).toThrow(
    'got scale 0.25 and zero point 3, expected that of the output',
  )
  expect(() => prepare(testTensor('int8', [1], quantized), paddings(2, 0))).toThrow('got paddings [2, 0]')
})
