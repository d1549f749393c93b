import { describe, expect, it } from 'vitest'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { implementationOf } from '../registry.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

type ElementType = 'float32' | 'int8' | 'uint8' | 'int16' | 'int32' | 'int64' | 'bool'

const implementation = (kind: string): OperatorImplementation => implementationOf(kind)!

const numbers = (data: ArrayLike<number | bigint>): number[] =>
  Array.from<number | bigint, number>(data, Number)

const axes = (...values: readonly number[]) =>
  testTensor('int32', [values.length], { values, constant: true })

/** What a reduction of `[[2, 3], [0, 5]]`, or of truth values, gives over an axis. */
function reduced(
  kind: OperatorContext['kind'],
  type: ElementType,
  axis: number,
  outputType: ElementType = type,
): number[] {
  const values = type === 'bool' ? [1, 1, 0, 1] : [2, 3, 0, 5]
  const scale = type === 'int8' || type === 'uint8' ? { scale: 0.5, zeroPoint: 1 } : {}
  const input = testTensor(type, [2, 2], { values, ...scale })
  const output = testTensor(outputType, [2], scale)
  implementation(kind).prepare(testContext(kind, [input, axes(axis)], [output]))()
  return numbers(output.data)
}

const compared = ['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const
const multiplied = ['float32', 'int32', 'int64'] as const

it.each([
  ...compared.map((type) => ['REDUCE_MAX', type, [2, 5], [3, 5]] as const),
  ...compared.map((type) => ['REDUCE_MIN', type, [0, 3], [2, 0]] as const),
  ...multiplied.map((type) => ['REDUCE_PROD', type, [0, 15], [6, 0]] as const),
  ...multiplied.map((type) => ['SUM', type, [2, 8], [5, 5]] as const),
  ['SUM', 'int8', [1, 7], [4, 4]],
  ['SUM', 'uint8', [1, 7], [4, 4]],
  ['REDUCE_ANY', 'bool', [1, 1], [1, 1]],
  ['REDUCE_ALL', 'bool', [0, 1], [1, 0]],
] as const)('%s of %s', (kind, type, first, last) => {
  expect(reduced(kind, type, 0)).toEqual(first)
  expect(reduced(kind, type, -1)).toEqual(last)
})

it.each(['REDUCE_MAX', 'REDUCE_MIN'] as const)(
  '%s begins with the first value, however small or large',
  (kind) => {
    for (const value of [-7, 7]) {
      const output = testTensor('int64', [])
      const input = testTensor('int64', [1], { values: [value] })
      implementation(kind).prepare(testContext(kind, [input, axes(0)], [output]))()
      expect(numbers(output.data)).toEqual([value])
    }
  },
)

it.each([
  ['REDUCE_MAX', 'bool'],
  ['REDUCE_MIN', 'bool'],
  ['REDUCE_PROD', 'uint8'],
  ['REDUCE_ANY', 'int32'],
  ['REDUCE_ALL', 'float32'],
  ['SUM', 'bool'],
] as const)('%s refuses %s, and another type of output', (kind, type) => {
  expect(() => reduced(kind, type, 0)).toThrow(type)
  const own = kind === 'REDUCE_ANY' || kind === 'REDUCE_ALL' ? 'bool' : 'float32'
  expect(() => reduced(kind, own, 0, 'int32')).toThrow('int32')
})

it.each(['REDUCE_MAX', 'SUM'] as const)('%s refuses axes and outputs that do not fit', (kind) => {
  expect(() => reduced(kind, 'float32', 2)).toThrow('axis 2 of shape [2, 2]')
  const [input, output] = [testTensor('float32', [2, 2]), testTensor('float32', [3])]
  const context = testContext(kind, [input, axes(0)], [output])
  expect(() => implementation(kind).prepare(context)).toThrow('got 3 outputs, expected 2 values')
  const variable = testContext(kind, [input, testTensor('int32', [1])], [testTensor('float32', [2])])
  expect(() => implementation(kind).prepare(variable)).toThrow('expected a constant')
})

it('REDUCE_MAX refuses to rescale', () => {
  const [input, output] = [testTensor('int8', [2], { scale: 1 }), testTensor('int8', [1], { scale: 2 })]
  const context = testContext('REDUCE_MAX', [input, axes(0)], [output])
  expect(() => implementation('REDUCE_MAX').prepare(context)).toThrow('got scale 1')
})

const scalar = (value: number) => testTensor('int32', [], { values: [value], constant: true })

describe.each([
  ['ARG_MAX', [1, 1], [1, 0]],
  ['ARG_MIN', [0, 0], [0, 1]],
] as const)('%s', (kind, last, first) => {
  it.each(compared.flatMap((type) => (['int32', 'int64'] as const).map((to) => [type, to] as const)))(
    'of %s to %s',
    (type, to) => {
      const input = testTensor(type, [2, 2], { values: [1, 9, 3, 4] })
      for (const [axis, expected] of [
        [-1, last],
        [0, first],
      ] as const) {
        const output = testTensor(to, [2])
        implementation(kind).prepare(testContext(kind, [input, scalar(axis)], [output]))()
        expect(numbers(output.data)).toEqual(expected)
      }
    },
  )

  it('refuses other types and shapes', () => {
    const prepare = (type: 'bool' | 'float32', to: 'int8' | 'int32', length: number) =>
      implementation(kind).prepare(
        testContext(kind, [testTensor(type, [2, 2]), scalar(0)], [testTensor(to, [length])]),
      )
    expect(() => prepare('bool', 'int32', 2)).toThrow('inputs of type bool')
    expect(() => prepare('float32', 'int8', 2)).toThrow('got int8, expected int32 or int64')
    expect(() => prepare('float32', 'int32', 3)).toThrow('got output shape [3], expected [2]')
  })
})

describe('CUMSUM', () => {
  it.each(multiplied)('of %s', (type) => {
    const input = testTensor(type, [3], { values: [1, 2, 3] })
    const output = testTensor(type, [3])
    const options = { exclusive: true, reverse: true }
    implementation('CUMSUM').prepare(testContext('CUMSUM', [input, scalar(-1)], [output], options))()
    expect(numbers(output.data)).toEqual([5, 3, 0])
  })

  it('refuses other types, axes and shapes', () => {
    const prepare = (type: 'int8' | 'int32', length: number, axis: number) =>
      implementation('CUMSUM').prepare(
        testContext('CUMSUM', [testTensor(type, [3]), scalar(axis)], [testTensor(type, [length])]),
      )
    expect(() => prepare('int8', 3, 0)).toThrow('inputs of type int8')
    expect(() => prepare('int32', 2, 0)).toThrow('got output shape [2], expected [3]')
    expect(() => prepare('int32', 3, 1)).toThrow('axis 1')
  })
})
