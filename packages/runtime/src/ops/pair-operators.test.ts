import { ShapeError, UnsupportedError } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { BuiltinOperator } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { implementationOf } from '../registry.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

type Type = 'float32' | 'int32' | 'int64' | 'bool' | 'int8' | 'uint8' | 'int16'

interface PairCase {
  readonly kind: BuiltinOperator
  readonly type: Type
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly expected: readonly number[]
  readonly options?: object
  /** Of a, b and the output; zero points are 0. */
  readonly scales?: readonly [number, number, number]
}

const same = [1, 1, 1] as const

const cases: readonly PairCase[] = [
  { kind: 'ADD', type: 'int64', a: [2 ** 40, -3], b: [5], expected: [2 ** 40 + 5, 2] },
  {
    ...{ kind: 'SUB', type: 'int64', a: [2 ** 40, 3, 4], b: [5, 5, 1], expected: [6, 0, 3] },
    options: { fusedActivationFunction: 'RELU6' },
  },
  { kind: 'MUL', type: 'int64', a: [2 ** 40, -3], b: [5], expected: [5 * 2 ** 40, -15] },
  { kind: 'DIV', type: 'float32', a: [1, -6, 1], b: [2, 3, 0], expected: [0.5, -2, Infinity] },
  {
    ...{ kind: 'DIV', type: 'float32', a: [100, -6], b: [2], expected: [6, 0] },
    options: { fusedActivationFunction: 'RELU6' },
  },
  { kind: 'DIV', type: 'int32', a: [7, -7, 7], b: [2, 2, 0], expected: [3, -3, 0] },
  // 100 * 0.1 / (4 * 0.5) = 5; a denominator of 0 gives a limit, of the numerator's sign.
  {
    ...{ kind: 'DIV', type: 'int8', a: [100, -100, 5, -5, 0], b: [4, 4, 0, 0, 0] },
    ...{ expected: [50, -50, 127, -128, 0], scales: [0.1, 0.5, 0.1] },
  },
  { kind: 'FLOOR_DIV', type: 'float32', a: [7, -7], b: [2, 2], expected: [3, -4] },
  { kind: 'FLOOR_DIV', type: 'int32', a: [7, -7, 7, 7], b: [2, 2, -2, 0], expected: [3, -4, -4, 0] },
  { kind: 'FLOOR_MOD', type: 'float32', a: [5.5, -5.5, 5.5], b: [2, 2, -2], expected: [1.5, 0.5, -0.5] },
  { kind: 'FLOOR_MOD', type: 'int32', a: [7, -7, 7, 7], b: [3, 3, -3, 0], expected: [1, 2, -2, 0] },
  { kind: 'FLOOR_MOD', type: 'int64', a: [7, -7, 7, 7], b: [3, 3, -3, 0], expected: [1, 2, -2, 0] },
  { kind: 'MAXIMUM', type: 'float32', a: [1, -1], b: [0], expected: [1, 0] },
  { kind: 'MAXIMUM', type: 'int64', a: [2 ** 40, 1], b: [5], expected: [2 ** 40, 5] },
  { kind: 'MAXIMUM', type: 'int8', a: [1, -1], b: [0], expected: [1, 0], scales: same },
  { kind: 'MAXIMUM', type: 'int16', a: [1, -1], b: [0], expected: [1, 0], scales: same },
  { kind: 'MINIMUM', type: 'int32', a: [1, -1], b: [0], expected: [0, -1] },
  { kind: 'MINIMUM', type: 'uint8', a: [1, 200], b: [7], expected: [1, 7], scales: same },
  { kind: 'POW', type: 'float32', a: [2, 9, -2], b: [10, 0.5, 3], expected: [1024, 3, -8] },
  { kind: 'POW', type: 'int32', a: [3, 2, 2, -1, 0], b: [5, 0, -1, -3, 2], expected: [243, 1, 0, -1, 0] },
  { kind: 'SQUARED_DIFFERENCE', type: 'float32', a: [1, 5], b: [3], expected: [4, 4] },
  { kind: 'SQUARED_DIFFERENCE', type: 'int32', a: [1, -5], b: [3], expected: [4, 64] },
  {
    kind: 'SQUARED_DIFFERENCE',
    type: 'int8',
    a: [20, -10],
    b: [5],
    expected: [10, 40],
    scales: [0.1, 0.2, 0.1],
  },
  { kind: 'EQUAL', type: 'float32', a: [1, NaN], b: [1, NaN], expected: [1, 0] },
  { kind: 'EQUAL', type: 'bool', a: [0, 1], b: [1], expected: [0, 1] },
  // By what they stand for: 10 * 0.5 and 5 * 1.
  { kind: 'EQUAL', type: 'int8', a: [10, 5], b: [5], expected: [1, 0], scales: [0.5, 0.25 * 4, 1] },
  { kind: 'NOT_EQUAL', type: 'int64', a: [1, 2], b: [1], expected: [0, 1] },
  { kind: 'NOT_EQUAL', type: 'bool', a: [0, 1], b: [1], expected: [1, 0] },
  { kind: 'GREATER', type: 'int32', a: [1, 2, 3], b: [2], expected: [0, 0, 1] },
  { kind: 'GREATER', type: 'uint8', a: [10, 12], b: [5], expected: [0, 1], scales: [0.5, 1, 1] },
  { kind: 'GREATER_EQUAL', type: 'float32', a: [1, 2, 3], b: [2], expected: [0, 1, 1] },
  { kind: 'LESS', type: 'int64', a: [1, 2, 3], b: [2], expected: [1, 0, 0] },
  { kind: 'LESS_EQUAL', type: 'float32', a: [1, 2, NaN], b: [2], expected: [1, 1, 0] },
  { kind: 'LOGICAL_AND', type: 'bool', a: [0, 0, 1, 1], b: [0, 1, 0, 1], expected: [0, 0, 0, 1] },
  { kind: 'LOGICAL_OR', type: 'bool', a: [0, 0, 1, 1], b: [0, 1, 0, 1], expected: [0, 1, 1, 1] },
  { kind: 'PRELU', type: 'float32', a: [2, -2], b: [0.25, 0.5], expected: [2, -1] },
  { kind: 'PRELU', type: 'int8', a: [20, -20], b: [2], expected: [10, -10], scales: [0.5, 0.5, 1] },
  { kind: 'PRELU', type: 'uint8', a: [20, 4], b: [2], expected: [10, 2], scales: [0.5, 0.5, 1] },
]

const comparisons = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL']

describe.each(cases)('$kind of $type', ({ kind, type, a, b, expected, options = {}, scales }) => {
  const tensor = (each: Type, shape: Shape, values: readonly number[], scale?: number) =>
    testTensor(each, shape, { values, ...(scale === undefined ? {} : { scale }) })
  const outputType = comparisons.includes(kind) ? 'bool' : type
  const inputs = [tensor(type, [a.length], a, scales?.[0]), tensor(type, [b.length], b, scales?.[1])]
  const { prepare } = implementationOf(kind)!

  it(`of ${a.join(', ')} and ${b.join(', ')} is ${expected.join(', ')}`, () => {
    const output = tensor(outputType, [a.length], [], scales?.[2])
    prepare(testContext(kind, inputs, [output], options))()
    expect(Array.from<number | bigint, number>(output.data, Number)).toEqual(expected)
  })

  it('refuses other types and shapes', () => {
    const output = tensor(outputType, [a.length], [], scales?.[2])
    const odd = testTensor('float64', [b.length])
    expect(() => prepare(testContext(kind, [inputs[0], odd], [output], options))).toThrow(UnsupportedError)
    expect(() => prepare(testContext(kind, [odd, odd], [output], options))).toThrow(UnsupportedError)
    expect(() => prepare(testContext(kind, inputs, [odd], options))).toThrow(UnsupportedError)
    const larger = tensor(outputType, [2, a.length], [], scales?.[2])
    expect(() => prepare(testContext(kind, inputs, [larger], options))).toThrow(ShapeError)
  })
})

it('broadcasts over several dimensions', () => {
  const [a, b] = [
    testTensor('float32', [2, 1], { values: [1, 2] }),
    testTensor('float32', [1, 3], { values: [0, 1, 2] }),
  ]
  const output = testTensor('bool', [2, 3])
  implementationOf('GREATER')!.prepare(testContext('GREATER', [a, b], [output]))()
  expect([...output.data]).toEqual([1, 0, 0, 1, 1, 0])
})

it.each(['MAXIMUM', 'MINIMUM'] as const)('%s refuses operands that are quantized otherwise', (kind) => {
  const [a, output] = [testTensor('int8', [1], { scale: 1 }), testTensor('int8', [1], { scale: 2 })]
  expect(() => implementationOf(kind)!.prepare(testContext(kind, [a, a], [output]))).toThrow(
    'got scale 1 and zero point 0, expected that of the output, scale 2 and zero point 0',
  )
})

it('DIV refuses int16 and int64, and comparisons refuse integers without a scale', () => {
  const wide = testTensor('int16', [1], { scale: 1 })
  expect(() => implementationOf('DIV')!.prepare(testContext('DIV', [wide, wide], [wide]))).toThrow('int16')
  const long = testTensor('int64', [1])
  expect(() => implementationOf('DIV')!.prepare(testContext('DIV', [long, long], [long]))).toThrow(
    'expected one of float32; int8; uint8; int32',
  )
  const [plain, output] = [testTensor('int8', [1]), testTensor('bool', [1])]
  expect(() => implementationOf('LESS')!.prepare(testContext('LESS', [plain, plain], [output]))).toThrow(
    'int8 without a scale',
  )
})

it('PRELU repeats slopes, not inputs', () => {
  const [one, two] = [testTensor('float32', [1]), testTensor('float32', [2])]
  expect(() => implementationOf('PRELU')!.prepare(testContext('PRELU', [one, two], [two]))).toThrow(
    'slopes are repeated, inputs are not',
  )
})
