import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { embeddingLookup } from './embedding-lookup.ts'
import { fill } from './fill.ts'
import { oneHot } from './one-hot.ts'
import { range } from './range.ts'
import { rank } from './rank.ts'
import { shape } from './shape.ts'
import { topkV2 } from './topk-v2.ts'

const numbers = (data: ArrayLike<number | bigint>): number[] =>
  Array.from<number | bigint, number>(data, Number)

const scalar = (value: number, constant = true) => testTensor('int32', [], { values: [value], constant })

describe('TOPK_V2', () => {
  it.each(['float32', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const)('of %s', (type) => {
    const input = testTensor(type, [2, 3], { values: [1, 3, 2, 9, 9, 1] })
    const [values, positions] = [testTensor(type, [2, 2]), testTensor('int32', [2, 2])]
    topkV2.prepare(testContext('TOPK_V2', [input, scalar(2)], [values, positions]))()
    expect(numbers(values.data)).toEqual([3, 2, 9, 9])
    expect([...positions.data]).toEqual([1, 2, 0, 1])
  })

  it('refuses more values than there are, and what does not fit', () => {
    const prepare = (count: number, values: RuntimeTensor, positions: RuntimeTensor) =>
      topkV2.prepare(testContext('TOPK_V2', [testTensor('int8', [3]), scalar(count)], [values, positions]))
    const [one, at] = [testTensor('int8', [1]), testTensor('int32', [1])]
    expect(() => prepare(4, one, at)).toThrow(
      'got 4 values of [3], expected no more than the last dimension has',
    )
    expect(() => prepare(2, one, at)).toThrow('got output shape [1], expected [2]')
    expect(() => prepare(1, testTensor('int16', [1]), at)).toThrow('outputs of type int16')
    expect(() => prepare(1, one, testTensor('int16', [1]))).toThrow('got int16, expected int32')
    expect(() => prepare(1, testTensor('int8', [1], { scale: 2 }), at)).toThrow('expected that of the output')
  })
})

describe('ONE_HOT', () => {
  const indices = testTensor('int64', [2], { values: [1, 0] })

  it.each([
    [-1, [0, 5, 0, 5, 0, 0]],
    [0, [0, 5, 5, 0, 0, 0]],
  ])('along axis %d', (axis, expected) => {
    const output = testTensor('float32', axis === 0 ? [3, 2] : [2, 3])
    const [on, off] = [testTensor('float32', [], { values: [5] }), testTensor('float32', [])]
    oneHot.prepare(testContext('ONE_HOT', [indices, scalar(3), on, off], [output], { axis }))()
    expect([...output.data]).toEqual(expected)
  })

  it('refuses other types and shapes', () => {
    const prepare = (type: 'int8' | 'float32', length: number) =>
      oneHot.prepare(
        testContext(
          'ONE_HOT',
          [indices, scalar(3), testTensor('float32', []), testTensor('float32', [])],
          [testTensor(type, [2, length])],
          { axis: -1 },
        ),
      )
    expect(() => prepare('int8', 3)).toThrow('outputs of type int8')
    expect(() => prepare('float32', 4)).toThrow('got output shape [2, 4], expected [2, 3]')
  })
})

describe('EMBEDDING_LOOKUP', () => {
  const indices = testTensor('int32', [2], { values: [2, 0] })
  const values = [1, 2, 3, 4, 5, 6]

  it.each(['float32', 'int8'] as const)('gives rows of %s', (type) => {
    const output = testTensor(type, [2, 2])
    const table = testTensor(type, [3, 2], { values })
    embeddingLookup.prepare(testContext('EMBEDDING_LOOKUP', [indices, table], [output]))()
    expect([...output.data]).toEqual([5, 6, 1, 2])
  })

  it('gives real numbers for the rows of an int8 table', () => {
    const table = testTensor('int8', [3, 2], { values })
    const quantization = { scales: [0.5, 1, 2], zeroPoints: [0, 0, 0], axis: 0 }
    const output = testTensor('float32', [2, 2])
    const operands = [indices, { ...table, quantization }]
    embeddingLookup.prepare(testContext('EMBEDDING_LOOKUP', operands, [output]))()
    expect([...output.data]).toEqual([10, 12, 0.5, 1])
  })

  it('refuses other tables and shapes', () => {
    const prepare = (table: RuntimeTensor, output: RuntimeTensor) =>
      embeddingLookup.prepare(testContext('EMBEDDING_LOOKUP', [indices, table], [output]))
    const output = testTensor('float32', [2, 2])
    expect(() => prepare(testTensor('int8', [3, 2]), output)).toThrow('expected one of any type')
    expect(() => prepare(testTensor('int8', [3, 2], { scale: 1, zeroPoint: 2 }), output)).toThrow(
      'inputs of type',
    )
    const perColumn = { scales: [1, 2], zeroPoints: [0, 0], axis: 1 }
    expect(() => prepare({ ...testTensor('int8', [3, 2]), quantization: perColumn }, output)).toThrow(
      'expected',
    )
    expect(() => prepare(testTensor('float32', [3, 3]), output)).toThrow(
      'got output shape [2, 2], expected [2, 3]',
    )
  })
})

describe('SHAPE, RANK, FILL and RANGE', () => {
  it.each(['int32', 'int64'] as const)('give %s', (type) => {
    const tensor = testTensor('bool', [2, 3])
    const [sizes, count, filled, counted] = [[2], [], [2], [3]].map((size) => testTensor(type, size))
    shape.prepare(testContext('SHAPE', [tensor], [sizes!]))()
    rank.prepare(testContext('RANK', [tensor], [count!]))()
    const dimensions = testTensor('int32', [1], { values: [2], constant: true })
    fill.prepare(testContext('FILL', [dimensions, testTensor(type, [], { values: [7] })], [filled!]))()
    const ends = [5, -1, -2].map((value) => testTensor(type, [], { values: [value], constant: true }))
    range.prepare(testContext('RANGE', ends, [counted!]))()
    expect([sizes, count, filled, counted].map((each) => numbers(each!.data))).toEqual([
      [2, 3],
      [2],
      [7, 7],
      [5, 3, 1],
    ])
  })

  it('refuse other types and shapes', () => {
    const [tensor, other] = [testTensor('bool', [2, 3]), testTensor('float32', [2])]
    expect(() => shape.prepare(testContext('SHAPE', [tensor], [other]))).toThrow('expected int32 or int64')
    expect(() => shape.prepare(testContext('SHAPE', [tensor], [testTensor('int32', [3])]))).toThrow(
      'expected [2]',
    )
    expect(() => rank.prepare(testContext('RANK', [tensor], [testTensor('int32', [1])]))).toThrow(
      'expected []',
    )
    const dimensions = testTensor('int32', [1], { values: [2], constant: true })
    const filling = (value: RuntimeTensor, output: RuntimeTensor) => () =>
      fill.prepare(testContext('FILL', [dimensions, value], [output]))
    expect(filling(scalar(1), other)).toThrow('outputs of type float32')
    expect(filling(scalar(1), testTensor('int32', [3]))).toThrow('got output shape [3], expected [2]')
    const ranging =
      (ends: readonly number[], output: RuntimeTensor, constant = true) =>
      () =>
        range.prepare(
          testContext(
            'RANGE',
            ends.map((value) => scalar(value, constant)),
            [output],
          ),
        )
    expect(ranging([0, 2, 0], testTensor('int32', [2]))).toThrow('got a step of 0')
    expect(ranging([0, 2, 1], testTensor('int32', [3]))).toThrow('got output shape [3], expected [2]')
    expect(ranging([0, 2, 1], other)).toThrow('outputs of type float32')
    expect(ranging([0, 2, 1], testTensor('int32', [2]), false)).toThrow('expected a constant')
  })

  it('FILL refuses a value of another scale', () => {
    const dimensions = testTensor('int32', [1], { values: [1], constant: true })
    const context = testContext(
      'FILL',
      [dimensions, testTensor('int8', [], { scale: 1 })],
      [testTensor('int8', [1], { scale: 2 })],
    )
    expect(() => fill.prepare(context)).toThrow('got scale 1')
  })
})
