import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { bitcast } from './bitcast.ts'
import { broadcastArgs } from './broadcast-args.ts'
import { conv3dTranspose } from './conv-3d-transpose.ts'
import { conv3d } from './conv-3d.ts'
import { l2Pool2d } from './l2-pool-2d.ts'
import { localResponseNormalization } from './local-response-normalization.ts'
import { nonMaxSuppressionV4 } from './non-max-suppression-v4.ts'
import { nonMaxSuppressionV5 } from './non-max-suppression-v5.ts'
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

describe('CONV_3D and CONV_3D_TRANSPOSE', () => {
  const options = { strideD: 1, strideH: 1, strideW: 1 }
  const convolve = (...operands: readonly RuntimeTensor[]) => {
    const output = operands.at(-1)!
    return conv3d.prepare(testContext('CONV_3D', operands.slice(0, -1), [output], options))
  }

  it('refuse channels and biases that the filter does not have, and other types', () => {
    const [image, filter] = [real(1, 2, 2, 2, 3), real(1, 1, 1, 3, 2)]
    expect(() => convolve(image, filter, real(1, 2, 2, 2, 3))).toThrow(
      'expected 3 channels of input, 2 of output',
    )
    expect(() => convolve(real(1, 2, 2, 2, 1), filter, real(1, 2, 2, 2, 2))).toThrow('expected 3 channels')
    expect(() => convolve(image, filter, real(3), real(1, 2, 2, 2, 2))).toThrow('3 biases')
    expect(() => convolve(image, filter, real(1, 2, 2, 1, 2))).toThrow('expected [1, 2, 2, 2, channels]')
    expect(() => convolve(testTensor('int8', image.shape), filter, real(1, 2, 2, 2, 2))).toThrow('got int8')
  })

  it('refuse to compute another shape than the one that is asked for', () => {
    const prepare = (shape: RuntimeTensor, output: RuntimeTensor, input = real(1, 2, 2, 2, 3)) =>
      conv3dTranspose.prepare(
        testContext('CONV_3D_TRANSPOSE', [shape, real(1, 1, 1, 2, 3), input], [output], options),
      )
    expect(() => prepare(list(1, 2, 2, 2, 2), real(1, 2, 2, 1, 2))).toThrow(
      'got output shape [1, 2, 2, 1, 2]',
    )
    expect(() => prepare(list(1, 3, 2, 2, 2), real(1, 3, 2, 2, 2))).toThrow('got [1, 2, 2, 2, 3] for windows')
    expect(() => prepare(testTensor('int32', [5]), real(1, 2, 2, 2, 2))).toThrow('computed at run time')
  })
})

describe('NON_MAX_SUPPRESSION_V4 and V5', () => {
  const value = (number: number) => testTensor('float32', [], { values: [number] })
  const boxes = testTensor('float32', [2, 4], { values: [0, 0, 1, 1, 5, 5, 6, 6] })
  const scores = testTensor('float32', [2], { values: [0.5, 0.75] })
  const most = (values: readonly number[], constant = true) => testTensor('int32', [], { values, constant })
  const open = (type: 'float32' | 'int32') => ({ ...testTensor(type, [0]), dynamic: true })
  const found = (...tensors: readonly RuntimeTensor[]) =>
    tensors.map(({ shape, data }) => [shape, Array.from(data as Float32Array)])

  it('fills the rest with zeros, and does not where the number is computed', () => {
    const [indices, strength, count] = [
      testTensor('int32', [3]),
      testTensor('float32', [3]),
      testTensor('int32', []),
    ]
    const operands = [boxes, scores, most([3]), value(0.5), value(0), value(0)]
    nonMaxSuppressionV5.prepare(testContext('NON_MAX_SUPPRESSION_V5', operands, [indices, strength, count]))()
    expect(found(indices, strength, count)).toEqual([
      [[3], [1, 0, 0]],
      [[3], [0.75, 0.5, 0]],
      [[], [2]],
    ])
    const dynamic = [open('int32'), open('int32')]
    const computed = [boxes, scores, most([3], false), value(0.5), value(0.6)]
    nonMaxSuppressionV4.prepare(testContext('NON_MAX_SUPPRESSION_V4', computed, dynamic))()
    expect(found(...dynamic)).toEqual([
      [[1], [1]],
      [[], [1]],
    ])
  })

  it('refuses boxes, scores, numbers and types that do not fit', () => {
    const run = (...operands: readonly RuntimeTensor[]) =>
      nonMaxSuppressionV4.prepare(
        testContext('NON_MAX_SUPPRESSION_V4', operands, [open('int32'), open('int32')]),
      )
    const limits = [most([3]), value(0.5), value(0)] as const
    expect(run(real(2, 5), scores, ...limits)).toThrow('got boxes [2, 5] and scores [2]')
    expect(run(boxes, real(3), ...limits)).toThrow('got boxes [2, 4] and scores [3]')
    expect(run(boxes, scores, most([-1]), value(0.5), value(0))).toThrow('-1 the first')
    expect(run(boxes, scores, most([3]), real(2), value(0))).toThrow('got 2 values')
    expect(() => run(boxes, scores, value(3), value(0.5), value(0))).toThrow('got float32, expected int32')
  })
})
