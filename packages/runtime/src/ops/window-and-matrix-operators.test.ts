import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { bucketize } from './bucketize.ts'
import { dilate } from './dilate.ts'
import { embeddingLookupSparse } from './embedding-lookup-sparse.ts'
import { matrixDiag } from './matrix-diag.ts'
import { matrixSetDiag } from './matrix-set-diag.ts'
import { reduceWindow } from './reduce-window.ts'
import { unique } from './unique.ts'

const real = (shape: readonly number[], ...values: readonly number[]) =>
  testTensor('float32', shape, { values })
const list = (...values: readonly number[]) =>
  testTensor('int32', [values.length], { values, constant: true })

describe('REDUCE_WINDOW', () => {
  const run = (
    reduceFunction: 'ADD' | 'ALL' | 'ANY' | 'UNSUPPORTED',
    operands: readonly RuntimeTensor[],
    output: RuntimeTensor,
    windows = [list(2), list(1), list(1)],
  ) =>
    reduceWindow.prepare(
      testContext('REDUCE_WINDOW', [...operands, ...windows], [output], { reduceFunction }),
    )
  const bools = (...values: readonly number[]) => testTensor('bool', [values.length], { values })
  const truth = testTensor('bool', [], { values: [1] })

  it('folds truth values and 64-bit integers', () => {
    const [all, sums] = [testTensor('bool', [2]), testTensor('int64', [2])]
    run('ALL', [bools(1, 1, 0), truth], all)()
    expect([...all.data]).toEqual([1, 0])
    run('ADD', [testTensor('int64', [3], { values: [1, 2, 3] }), testTensor('int64', [])], sums)()
    expect([...sums.data]).toEqual([3n, 5n])
  })

  it('refuses functions, types and windows that do not fit', () => {
    const [input, first] = [real([3]), real([])]
    expect(() => run('ANY', [input, first], real([2]))).toThrow('got ANY of float32')
    expect(() => run('ADD', [bools(1, 1, 0), truth], testTensor('bool', [2]))).toThrow('got ADD of bool')
    expect(() => run('UNSUPPORTED', [input, first], real([2]))).toThrow('got UNSUPPORTED')
    expect(() => run('ADD', [input, truth], real([2]))).toThrow('inputs of type float32, bool')
    expect(() => run('ADD', [input, first], real([3]))).toThrow('got output shape [3], expected [2]')
    for (const windows of [
      [list(2, 1), list(1), list(1)],
      [list(0), list(1), list(1)],
    ])
      expect(() => run('ADD', [input, first], real([2]), windows)).toThrow('expected one of 1 or more')
  })
})

describe('DILATE', () => {
  it('refuses distances, values and types that do not fit', () => {
    const prepare = (dilations: RuntimeTensor, between: RuntimeTensor, output: RuntimeTensor) =>
      dilate.prepare(testContext('DILATE', [real([2]), dilations, between], [output]))
    expect(() => prepare(list(0), real([]), real([3]))).toThrow('got distances 0 for [2]')
    expect(() => prepare(list(1, 1), real([]), real([3]))).toThrow('got distances 1, 1')
    expect(() => prepare(list(2), real([2]), real([3]))).toThrow('other than one value')
    expect(() => prepare(list(2), testTensor('int8', []), real([3]))).toThrow(
      'inputs of type float32, int32, int8',
    )
    expect(() => prepare(list(2), real([]), real([4]))).toThrow('got output shape [4], expected [3]')
  })
})

describe('MATRIX_DIAG and MATRIX_SET_DIAG', () => {
  it('keep 64-bit integers', () => {
    const [rows, output] = [testTensor('int64', [2], { values: [5, 7] }), testTensor('int64', [2, 2])]
    matrixDiag.prepare(testContext('MATRIX_DIAG', [rows], [output]))()
    expect([...output.data]).toEqual([5n, 0n, 0n, 7n])
    const input = testTensor('int64', [2, 2], { values: [1, 2, 3, 4] })
    matrixSetDiag.prepare(testContext('MATRIX_SET_DIAG', [input, rows], [output]))()
    expect([...output.data]).toEqual([5n, 2n, 3n, 7n])
  })

  it('refuse other shapes, types and scales', () => {
    const diagonal = (input: RuntimeTensor, output: RuntimeTensor) =>
      matrixDiag.prepare(testContext('MATRIX_DIAG', [input], [output]))
    expect(() => diagonal(real([]), real([]))).toThrow('got a single value')
    expect(() => diagonal(real([2]), real([2, 3]))).toThrow('got output shape [2, 3]')
    expect(() => diagonal(testTensor('bool', [2]), testTensor('bool', [2, 2]))).toThrow('inputs of type bool')
    const set = (input: RuntimeTensor, on: RuntimeTensor) =>
      matrixSetDiag.prepare(testContext('MATRIX_SET_DIAG', [input, on], [input]))
    expect(() => set(real([2, 3]), real([3]))).toThrow('got diagonals [3] for [2, 3]')
    expect(() => set(real([2]), real([2]))).toThrow('got diagonals [2] for [2]')
    expect(() => set(real([2, 2]), testTensor('int8', [2]))).toThrow('inputs of type float32, int8')
    const stored = (scale: number, shape: readonly number[]) => testTensor('int8', shape, { scale })
    expect(() => set(stored(1, [2, 2]), stored(2, [2]))).toThrow('got scale 2')
  })
})

describe('UNIQUE', () => {
  it('refuses other types, and what is no list', () => {
    const prepare = (input: RuntimeTensor, indices: RuntimeTensor) =>
      unique.prepare(testContext('UNIQUE', [input], [real([2]), indices]))
    expect(() => prepare(real([2, 1]), list(0, 0))).toThrow('got an input of shape [2, 1], expected a list')
    expect(() => prepare(testTensor('float64', [2]), list(0, 0))).toThrow('inputs of type float64')
    expect(() => prepare(real([2]), real([2]))).toThrow('outputs of type float32, float32')
    expect(() => unique.outputShapes!(testContext('UNIQUE', [real([2])], [real([2]), list(0, 0)]))).toThrow(
      'computed at run time',
    )
  })
})

describe('BUCKETIZE', () => {
  it('refuses boundaries out of order, and other types', () => {
    const prepare = (input: RuntimeTensor, boundaries: readonly number[]) =>
      bucketize.prepare(testContext('BUCKETIZE', [input], [list(0, 0)], { boundaries }))
    expect(() => prepare(real([2]), [1, 0])).toThrow('expected boundaries in ascending order')
    expect(() => prepare(testTensor('int8', [2]), [])).toThrow('inputs of type int8')
    expect(() => prepare(real([3]), [])).toThrow('got output shape [2], expected [3]')
  })
})

describe('EMBEDDING_LOOKUP_SPARSE', () => {
  it('refuses operands that do not fit, and places that are not there', () => {
    const prepare = (shape: RuntimeTensor, places: RuntimeTensor, weights = real([2], 1, 1)) => {
      const operands = [list(0, 1), places, shape, weights, real([2, 3])]
      return embeddingLookupSparse.prepare(
        testContext('EMBEDDING_LOOKUP_SPARSE', operands, [real([2, 3])], { combiner: 'SUM' }),
      )
    }
    const places = (...values: readonly number[]) => testTensor('int32', [2, 2], { values })
    expect(() => prepare(list(2, 2), places(0, 0, 1, 0))()).not.toThrow()
    expect(() => prepare(list(2, 2), places(0, 0, 2, 0))()).toThrow('got index 2')
    expect(() => prepare(list(2), places())).toThrow('expected a list of rows')
    expect(() => prepare(list(2, 2), places(), real([3]))).toThrow('expected a list of rows')
    expect(() => prepare(list(-1, 2), places())).toThrow('got shape [-1, 2]')
    expect(() => prepare(list(3, 2), places())).toThrow('got output shape [2, 3], expected [3, 3]')
  })
})
