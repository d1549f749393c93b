import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { bitcast } from './bitcast.ts'
import { broadcastArgs } from './broadcast-args.ts'
import { fakeQuant } from './fake-quant.ts'
import { l2Pool2d } from './l2-pool-2d.ts'
import { localResponseNormalization } from './local-response-normalization.ts'
import { reverseSequence } from './reverse-sequence.ts'
import { sparseToDense } from './sparse-to-dense.ts'

const real = (...shape: readonly number[]) => testTensor('float32', shape)
const list = (...values: readonly number[]) =>
  testTensor('int32', [values.length], { values, constant: true })

describe('LOCAL_RESPONSE_NORMALIZATION', () => {
  it('refuses other types, shapes and radii', () => {
    const kind = 'LOCAL_RESPONSE_NORMALIZATION'
    const prepare = (input: RuntimeTensor, output: RuntimeTensor, radius = 1) =>
      localResponseNormalization.prepare(testContext(kind, [input], [output], { radius }))
    expect(() => prepare(testTensor('int8', [2]), real(2))).toThrow('got int8, expected float32')
    expect(() => prepare(real(2), real(3))).toThrow('got output shape [3], expected [2]')
    expect(() => prepare(real(2), real(2), -1)).toThrow('got radius -1 for shape [2]')
    expect(() => prepare(real(), real())).toThrow('for shape []')
  })
})

describe('L2_POOL_2D', () => {
  it('refuses integers, and windows that do not fit the output', () => {
    const options = { strideH: 1, strideW: 1, filterHeight: 1, filterWidth: 1 }
    const prepare = (input: RuntimeTensor, output: RuntimeTensor) =>
      l2Pool2d.prepare(testContext('L2_POOL_2D', [input], [output], options))
    expect(() => prepare(testTensor('int8', [1, 1, 1, 1]), real(1, 1, 1, 1))).toThrow('got int8')
    expect(() => prepare(real(1, 2, 2, 1), real(1, 1, 2, 1))).toThrow('expected [1, 2, 2, 1]')
  })
})

describe('FAKE_QUANT', () => {
  it('refuses bits and ranges that no training has', () => {
    const prepare = (min: number, max: number, numBits: number) =>
      fakeQuant.prepare(testContext('FAKE_QUANT', [real(2)], [real(2)], { min, max, numBits }))
    expect(() => prepare(-1, 1, 8)).not.toThrow()
    expect(() => prepare(-1, 1, 1)).toThrow('got 1 bits for -1 to 1')
    expect(() => prepare(1, 2, 8)).toThrow('expected 2 to 16 bits for a range that contains 0')
  })
})

describe('REVERSE_SEQUENCE', () => {
  const prepare = (
    seqDim: number,
    batchDim: number,
    lengths = list(2, 1),
    output: RuntimeTensor = real(2, 3),
  ) =>
    reverseSequence.prepare(
      testContext('REVERSE_SEQUENCE', [real(2, 3), lengths], [output], { seqDim, batchDim }),
    )

  it('refuses dimensions that are not there or the same, and another number of lengths', () => {
    for (const [seqDim, batchDim] of [
      [2, 0],
      [1, -1],
      [0, 0],
    ] as const)
      expect(() => prepare(seqDim, batchDim)).toThrow('expected two different dimensions')
    expect(() => prepare(0, 1)).toThrow('lengths of shape [2]')
  })

  it('refuses other types and shapes', () => {
    expect(() => prepare(1, 0, list(1, 1), testTensor('int8', [2, 3]))).toThrow('outputs of type int8')
    expect(() => prepare(1, 0, list(1, 1), real(3, 2))).toThrow('got output shape [3, 2]')
    const lengths = testTensor('float32', [2]) as unknown as ReturnType<typeof list>
    expect(() => prepare(1, 0, lengths)).toThrow('got float32, expected int32 or int64')
  })
})

describe('BROADCAST_ARGS', () => {
  const prepare = (a: RuntimeTensor, b: RuntimeTensor, output: RuntimeTensor) =>
    broadcastArgs.prepare(testContext('BROADCAST_ARGS', [a, b], [output]))

  it('gives the common shape of int64, too', () => {
    const [a, b] = [
      [3, 1],
      [5, 1, 4],
    ].map((values) => testTensor('int64', [values.length], { values }))
    const output = testTensor('int64', [3])
    prepare(a!, b!, output)()
    expect([...output.data]).toEqual([5n, 3n, 4n])
  })

  it('refuses shapes that do not fit, types, and what are no lists', () => {
    expect(() => prepare(list(2), list(3), list(0))()).toThrow('got shapes [2] and [3]')
    expect(() => prepare(list(2), testTensor('int64', [1]), list(0))).toThrow('inputs of type int32, int64')
    expect(() => prepare(list(2), list(3), list(0, 0))).toThrow('got output shape [2], expected [1]')
    expect(() => prepare(list(2), testTensor('int32', []), list(0))).toThrow('expected a list of sizes')
  })
})

describe('SPARSE_TO_DENSE', () => {
  const rest = testTensor('float32', [], { values: [-1] })
  const prepare = (
    indices: RuntimeTensor,
    values: RuntimeTensor,
    output: RuntimeTensor,
    others: RuntimeTensor = rest,
  ) =>
    sparseToDense.prepare(
      testContext('SPARSE_TO_DENSE', [indices, list(...output.shape), values, others], [output]),
    )

  it.each([
    ['int32', []],
    ['int64', [1]],
  ] as const)('takes %s indices of shape %j', (type, shape) => {
    const output = real(3)
    prepare(testTensor(type, shape, { values: [2] }), testTensor('float32', [], { values: [7] }), output)()
    expect([...output.data]).toEqual([-1, -1, 7])
  })

  it('refuses indices, values and types that do not fit', () => {
    const fitting = testTensor('int32', [2, 1])
    expect(() => prepare(fitting, real(3), real(3))).toThrow('values of shape [3]')
    expect(() => prepare(testTensor('int32', [2, 2]), real(2), real(3))).toThrow('indices of shape [2, 2]')
    expect(() => prepare(testTensor('int32', [1, 2, 1]), real(2), real(3))).toThrow(
      'indices of shape [1, 2, 1]',
    )
    expect(() => prepare(fitting, real(2), real(3), real(2))).toThrow('others of shape [2]')
    expect(() => prepare(fitting, testTensor('int8', [2]), real(3))).toThrow(
      'inputs of type int32, int32, int8',
    )
    expect(() => prepare(real(2, 1), real(2), real(3))).toThrow('got float32, expected int32 or int64')
    const stored = (scale: number, shape: readonly number[]) => testTensor('int8', shape, { scale })
    expect(() => prepare(fitting, stored(1, [2]), stored(1, [3]), stored(2, []))).toThrow('got scale 2')
  })
})

describe('BITCAST', () => {
  it('makes smaller and larger elements of the same bytes', () => {
    const [wide, narrow, back] = [
      testTensor('int32', [2], { values: [1, 258] }),
      testTensor('uint8', [2, 4]),
      testTensor('int32', [2]),
    ]
    bitcast.prepare(testContext('BITCAST', [wide], [narrow]))()
    expect([...narrow.data]).toEqual([1, 0, 0, 0, 2, 1, 0, 0])
    bitcast.prepare(testContext('BITCAST', [narrow], [back]))()
    expect([...back.data]).toEqual([1, 258])
  })

  it('refuses shapes that do not fit, and packed integers', () => {
    const prepare = (input: RuntimeTensor, output: RuntimeTensor) =>
      bitcast.prepare(testContext('BITCAST', [input], [output]))
    expect(() => prepare(testTensor('int16', [3]), real(3))).toThrow(
      'got shape [3], expected a last dimension of 2',
    )
    expect(() => prepare(real(3), testTensor('int16', [3]))).toThrow('got output shape [3], expected [3, 2]')
    expect(() => prepare({ ...testTensor('int8', [4]), storedBits: 4 }, real())).toThrow(
      'expected one of any two types',
    )
  })
})
