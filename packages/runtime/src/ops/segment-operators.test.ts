import { describe, expect, it } from 'vitest'
import type { RuntimeTensor } from '../operator.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { segmentSum } from './segment-sum.ts'
import { unsortedSegmentMax } from './unsorted-segment-max.ts'
import { unsortedSegmentMin } from './unsorted-segment-min.ts'
import { unsortedSegmentProd } from './unsorted-segment-prod.ts'

const real = (shape: readonly number[], ...values: readonly number[]) =>
  testTensor('float32', shape, { values })
const integer = (shape: readonly number[], ...values: readonly number[]) =>
  testTensor('int32', shape, { values, constant: true })

describe('operators that fold segments in any order', () => {
  const data = [real([3], 2, 3, 4), integer([3], 0, 0, -1), integer([], 2)]

  it('give numbers that have an end, and 1, for segments of nothing', () => {
    const outputs = [real([2]), real([2]), testTensor('int32', [1])] as const
    unsortedSegmentMax.prepare(testContext('UNSORTED_SEGMENT_MAX', data, [outputs[0]]))()
    unsortedSegmentMin.prepare(testContext('UNSORTED_SEGMENT_MIN', data, [outputs[1]]))()
    const largest = (2 - 2 ** -23) * 2 ** 127
    expect([...outputs[0].data]).toEqual([3, -largest])
    expect([...outputs[1].data]).toEqual([2, largest])
    const wide = [integer([2], 2 ** 20, 2 ** 12 + 1), integer([2], 0, 0), integer([1], 1)]
    unsortedSegmentProd.prepare(testContext('UNSORTED_SEGMENT_PROD', wide, [outputs[2]]))()
    expect([...outputs[2].data]).toEqual([2 ** 20])
  })

  it('refuse numbers of segments, ids and types that do not fit', () => {
    const prepare = (operands: readonly RuntimeTensor[], output: RuntimeTensor) =>
      unsortedSegmentMax.prepare(testContext('UNSORTED_SEGMENT_MAX', operands, [output]))
    const [input, ids, count] = data as [RuntimeTensor, RuntimeTensor, RuntimeTensor]
    expect(() => prepare([input, ids, integer([], -1)], real([2]))).toThrow('got -1 segments')
    expect(() => prepare([input, integer([2], 0, 0), count], real([2]))).toThrow('named by [2] for [3]')
    expect(() => prepare([input, ids, count], real([3]))).toThrow('got output shape [3], expected [2]')
    expect(() => prepare([testTensor('int8', [3]), ids, count], real([2]))).toThrow('inputs of type int8')
    expect(() => prepare([input, real([3]), count], real([2]))).toThrow(
      'got float32, expected int32 or int64',
    )
    expect(() => prepare([input, integer([3], 0, 5, 1), count], real([2]))()).toThrow('got index 5')
  })
})

describe('SEGMENT_SUM', () => {
  it('refuses ids out of order, and says that shapes are known when it runs', () => {
    const context = (ids: RuntimeTensor) => testContext('SEGMENT_SUM', [real([2]), ids], [real([1])])
    expect(() => segmentSum.outputShapes!(context(integer([2], 1, 0)))).toThrow('got segment 1 after none')
    expect(() => segmentSum.outputShapes!(context(testTensor('int32', [2])))).toThrow('computed at run time')
    expect(segmentSum.outputShapes!(context(integer([2], 0, 1)))).toEqual([[2]])
  })
})
