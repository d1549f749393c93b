import { describe, expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { dynamicUpdateSlice } from './dynamic-update-slice.ts'
import { gatherNd } from './gather-nd.ts'
import { gather } from './gather.ts'
import { scatterNd } from './scatter-nd.ts'

const indices = (shape: readonly number[], values: readonly number[], type: 'int32' | 'int64' = 'int32') =>
  testTensor(type, shape, { values })

describe('GATHER', () => {
  it('follows indices that are computed at run time', () => {
    const input = testTensor('float64', [3, 1], { values: [1, 2, 3] })
    const [at, output] = [indices([2], [2, 0], 'int64'), testTensor('float64', [2, 1])]
    const step = gather.prepare(testContext('GATHER', [input, at], [output]))
    step()
    expect([...output.data]).toEqual([3, 1])
    at.data[0] = 1n as never
    step()
    expect([...output.data]).toEqual([2, 1])
  })

  it('counts negative axes and batch dimensions from the last', () => {
    const input = testTensor('int16', [2, 2], { values: [1, 2, 3, 4] })
    const output = testTensor('int16', [2, 1])
    const options = { axis: -1, batchDims: -1 }
    gather.prepare(testContext('GATHER', [input, indices([2, 1], [1, 0])], [output], options))()
    expect([...output.data]).toEqual([2, 3])
  })

  it('refuses other types and shapes', () => {
    const input = testTensor('int16', [3])
    const prepare = (at: ReturnType<typeof testTensor>, output: ReturnType<typeof testTensor>) =>
      gather.prepare(testContext('GATHER', [input, at], [output]))
    expect(() => prepare(indices([1], []), testTensor('int8', [1]))).toThrow('outputs of type int8')
    expect(() => prepare(indices([1], []), testTensor('int16', [2]))).toThrow(
      'got output shape [2], expected [1]',
    )
    expect(() => prepare(testTensor('int16', [1]), testTensor('int16', [1]))).toThrow(
      'got int16, expected int32 or int64',
    )
  })
})

describe('GATHER_ND', () => {
  it('follows tuples of indices', () => {
    const input = testTensor('int64', [2, 2], { values: [1, 2, 3, 4] })
    const output = testTensor('int64', [2])
    gatherNd.prepare(testContext('GATHER_ND', [input, indices([2, 2], [1, 1, 0, 1])], [output]))()
    expect([...output.data]).toEqual([4n, 2n])
  })

  it('refuses other types and shapes', () => {
    const context = (output: ReturnType<typeof testTensor>) =>
      testContext('GATHER_ND', [testTensor('int16', [2]), indices([1, 1], [0])], [output])
    expect(() => gatherNd.prepare(context(testTensor('int8', [1])))).toThrow('outputs of type int8')
    expect(() => gatherNd.prepare(context(testTensor('int16', [2])))).toThrow('expected [1]')
  })
})

describe('SCATTER_ND', () => {
  const shape = testTensor('int32', [1], { values: [3], constant: true })

  it.each(['float32', 'int8', 'int64'] as const)('adds %s to zeros', (type) => {
    const updates = testTensor(type, [2], { values: [5, 6] })
    const output = testTensor(type, [3])
    scatterNd.prepare(testContext('SCATTER_ND', [indices([2, 1], [2, 0]), updates, shape], [output]))()
    expect(Array.from<number | bigint, number>(output.data, Number)).toEqual([6, 0, 5])
  })

  it('refuses other types, updates and shapes', () => {
    const prepare = (updates: ReturnType<typeof testTensor>, output: ReturnType<typeof testTensor>) =>
      scatterNd.prepare(testContext('SCATTER_ND', [indices([2, 1], [0, 1]), updates, shape], [output]))
    const fitting = testTensor('int16', [2])
    expect(() => prepare(fitting, testTensor('int8', [3]))).toThrow('outputs of type int8')
    expect(() => prepare(testTensor('bool', [2]), testTensor('bool', [3]))).toThrow('outputs of type bool')
    expect(() => prepare(fitting, testTensor('int16', [4]))).toThrow('got output shape [4], expected [3]')
    expect(() => prepare(testTensor('int16', [3]), testTensor('int16', [3]))).toThrow(
      'got updates of shape [3], expected [2]',
    )
  })
})

describe('DYNAMIC_UPDATE_SLICE', () => {
  it('replaces a block at a place that is computed at run time', () => {
    const [input, update] = [testTensor('float32', [3], { values: [1, 2, 3] }), testTensor('float32', [1])]
    const output = testTensor('float32', [3])
    const operands = [input, update, indices([1], [1], 'int64')]
    dynamicUpdateSlice.prepare(testContext('DYNAMIC_UPDATE_SLICE', operands, [output]))()
    expect([...output.data]).toEqual([1, 0, 3])
  })

  it('refuses other types, scales, shapes and starts', () => {
    const quantized = { scale: 0.5 }
    const input = testTensor('int8', [3], quantized)
    const prepare = (update: ReturnType<typeof testTensor>, starts = [0], output = input) =>
      dynamicUpdateSlice.prepare(
        testContext('DYNAMIC_UPDATE_SLICE', [input, update, indices([starts.length], starts)], [output]),
      )
    const fitting = testTensor('int8', [1], quantized)
    expect(() => prepare(testTensor('int16', [1]))).toThrow('inputs of type int8, int16')
    expect(() => prepare(testTensor('int8', [1], { scale: 0.25 }))).toThrow('got scale 0.25')
    expect(() => prepare(fitting, [0], testTensor('int8', [4], quantized))).toThrow('got output shape [4]')
    expect(() => prepare(fitting, [0, 0])).toThrow('got 2 starts, expected 1, one for each dimension')
  })
})
