import { ShapeError, UnsupportedError } from '@quantrx/core'
import type { DataType } from '@quantrx/core'
import { expect, it } from 'vitest'
import { emittedCode } from '../shared/emitted-code.conformance.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { runGenerated } from '../shared/run-generated.conformance.ts'
import { cast } from './cast.ts'

it.each<[DataType, DataType, number[], number[]]>([
  ['float32', 'int32', [1.9, -1.9, 3e9, -3e9, NaN], [1, -1, 2 ** 31 - 1, -(2 ** 31), 0]],
  ['float32', 'uint32', [1.9, -1, 3e9], [1, 0, 3e9]],
  ['float32', 'int64', [1.9, -1.9, NaN], [1, -1, 0]],
  ['float32', 'int64', [1e30, -1e30, 2 ** 40], [2 ** 63, -(2 ** 63), 2 ** 40]],
  ['float32', 'bool', [0, -0.5, 2], [0, 1, 1]],
  ['float64', 'float32', [0.1], [Math.fround(0.1)]],
  ['int32', 'float32', [2 ** 24 + 1, -5], [2 ** 24, -5]],
  ['int32', 'int8', [300, -129], [44, 127]],
  ['int32', 'int64', [-7], [-7]],
  ['int64', 'int32', [2 ** 40 + 5, -3], [5, -3]],
  ['int64', 'uint8', [-1], [255]],
  ['int64', 'float32', [-3], [-3]],
  ['int64', 'bool', [2, 0], [1, 0]],
  ['bool', 'float32', [1, 0], [1, 0]],
  ['uint8', 'int16', [200], [200]],
])('CAST of %s to %s takes %j to %j', (from, to, values, expected) => {
  const output = testTensor(to, [values.length])
  cast.prepare(testContext('CAST', [testTensor(from, [values.length], { values })], [output]))()
  expect(Array.from<number | bigint, number>(output.data, Number)).toEqual(expected)
})

it('CAST refuses types that are only stored, and other sizes', () => {
  const [real, half] = [testTensor('float32', [1]), testTensor('float16', [1])]
  expect(() => cast.prepare(testContext('CAST', [half], [real]))).toThrow(UnsupportedError)
  expect(() => cast.prepare(testContext('CAST', [real], [half]))).toThrow('any two of float32, float64')
  expect(() => cast.prepare(testContext('CAST', [real], [testTensor('int32', [2])]))).toThrow(ShapeError)
})

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const

it.each<[DataType, DataType]>([
  ['float32', 'int32'],
  ['float32', 'uint8'],
  ['int32', 'bool'],
  ['bool', 'float32'],
  ['uint8', 'int8'],
])('CAST of %s to %s is generated, in shares', (from, to) => {
  const input = testTensor(from, [200], { values: Array.from({ length: 200 }, (_, at) => at * 20.7 - 500) })
  const [expected, output] = [testTensor(to, [200]), testTensor(to, [200])]
  cast.prepare(testContext('CAST', [input], [expected]))()
  const context = testContext('CAST', [input], [output])
  const whole = cast.generate!(context, options)!
  runGenerated(whole)
  expect(output.data).toEqual(expected.data)
  expect(cast.divides).toBe(true)
  const share = cast.generate!(context, { ...options, share: { index: 1, count: 2 } })!
  expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
})

it('CAST leaves other types to the reference, and refuses what that refuses', () => {
  const generate = (from: DataType, to: DataType, length = 4) =>
    cast.generate!(testContext('CAST', [testTensor(from, [4])], [testTensor(to, [length])]), options)
  expect(generate('int64', 'int32')).toBeUndefined()
  expect(generate('float32', 'int16')).toBeUndefined()
  expect(() => generate('float16', 'float32')).toThrow(UnsupportedError)
  expect(() => generate('float32', 'int32', 5)).toThrow(ShapeError)
})
