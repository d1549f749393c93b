import type { Tensor } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { nonMaxSuppressionV4 } from './non-max-suppression-v4.ts'
import { nonMaxSuppressionV5 } from './non-max-suppression-v5.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

const real = (...shape: readonly number[]) => testTensor('float32', shape)

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

  it('tells a program how many boxes there are when it runs', async () => {
    const model = tinyModel(
      [
        { name: 'boxes', shape: [2, 4] },
        { name: 'scores', shape: [2] },
        { name: 'most', shape: [], type: 'INT32' },
        ...[0.5, 0.6].map((limit) => ({ name: 'limit', shape: [], data: Float32Array.of(limit) })),
        ...[[2], [], [2]].map((shape) => ({ name: 'output', shape, type: 'INT32' as const })),
      ],
      [
        { kind: 'NON_MAX_SUPPRESSION_V4', inputs: [0, 1, 2, 3, 4], outputs: [5, 6] },
        { kind: 'NEG', inputs: [5], outputs: [7] },
      ],
      [0, 1, 2],
      [7],
    )
    const program = await compile(model)
    const lengths = [
      [0.7, 0.8],
      [0.5, 0.8],
      [0, 0],
    ].map((values) => {
      const inputs = [
        boxes,
        testTensor('float32', [2], { values }),
        most([5], false),
      ] as unknown as readonly Tensor[]
      return program.run(inputs)[0]!.shape
    })
    expect(lengths).toEqual([[2], [1], [0]])
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
