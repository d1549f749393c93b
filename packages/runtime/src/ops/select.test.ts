import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { implementationOf } from '../registry.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

const prepare = (kind: 'SELECT' | 'SELECT_V2') => implementationOf(kind)!.prepare

describe.each(['SELECT', 'SELECT_V2'] as const)('%s', (kind) => {
  it('takes elements of any type', () => {
    const condition = testTensor('bool', [2, 2], { values: [1, 0, 0, 1] })
    const a = testTensor('int64', [2, 2], { values: [1, 2, 3, 4] })
    const b = testTensor('int64', [2, 2], { values: [5, 6, 7, 8] })
    const output = testTensor('int64', [2, 2])
    prepare(kind)(testContext(kind, [condition, a, b], [output]))()
    expect([...output.data]).toEqual([1n, 6n, 7n, 4n])
  })

  it('refuses conditions that are numbers, mixed types and mixed scales', () => {
    const [condition, real] = [testTensor('bool', [1]), testTensor('float32', [1])]
    const [stored, other] = [testTensor('int8', [1], { scale: 1 }), testTensor('int8', [1], { scale: 2 })]
    expect(() => prepare(kind)(testContext(kind, [real, real, real], [real]))).toThrow(
      'float32, expected bool',
    )
    expect(() => prepare(kind)(testContext(kind, [condition, real, stored], [real]))).toThrow(
      UnsupportedError,
    )
    expect(() => prepare(kind)(testContext(kind, [condition, stored, other], [stored]))).toThrow(
      'got scale 2',
    )
    const longer = testTensor('float32', [3])
    expect(() => prepare(kind)(testContext(kind, [condition, longer, real], [real]))).toThrow(ShapeError)
  })
})

it('SELECT chooses slices by a condition of one dimension, SELECT_V2 repeats it over the last', () => {
  const condition = testTensor('bool', [2], { values: [1, 0] })
  const a = testTensor('float32', [2, 2], { values: [1, 2, 3, 4] })
  const b = testTensor('float32', [2, 2], { values: [5, 6, 7, 8] })
  const output = testTensor('float32', [2, 2])
  prepare('SELECT')(testContext('SELECT', [condition, a, b], [output]))()
  expect([...output.data]).toEqual([1, 2, 7, 8])
  prepare('SELECT_V2')(testContext('SELECT_V2', [condition, a, b], [output]))()
  expect([...output.data]).toEqual([1, 6, 3, 8])
})

it('SELECT_V2 repeats every operand', () => {
  const condition = testTensor('bool', [2, 1], { values: [1, 0] })
  const [a, b] = [
    testTensor('float32', [], { values: [9] }),
    testTensor('float32', [3], { values: [1, 2, 3] }),
  ]
  const output = testTensor('float32', [2, 3])
  prepare('SELECT_V2')(testContext('SELECT_V2', [condition, a, b], [output]))()
  expect([...output.data]).toEqual([9, 9, 9, 1, 2, 3])
})
