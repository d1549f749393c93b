import { allocate } from '@quantrx/core'
import type { DataType, Tensor } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { bindInput, shapeFits, takesStoredIntegers } from './bind-input.ts'
import type { RuntimeTensor } from './operator.ts'

const input = (type: DataType, scale?: number, zeroPoint = 0): RuntimeTensor => ({
  ...{ index: 0, name: 'image', type, shape: [1, 2, 2, 1], data: allocate(type, 4), constant: false },
  ...(scale === undefined ? {} : { quantization: { scales: [scale], zeroPoints: [zeroPoint], axis: 0 } }),
})

const pixels: Tensor = { type: 'uint8', shape: [2, 2], data: Uint8Array.of(0, 100, 200, 255) }
const bound = (target: RuntimeTensor, sample: Tensor): number[] => {
  bindInput(target, sample)
  return Array.from(target.data as Float32Array)
}

describe('shapes', () => {
  it.each([
    [[1, 2, 2, 1], true],
    [[2, 2, 1], true],
    [[2, 2], true],
    [[1, 2, 2], true],
    [[4], false],
    [[2, 2, 2], false],
    [[2, 1, 2, 1], false],
    [[1, 1, 2, 2, 1], true],
  ])('%j fits [1, 2, 2, 1]: %s', (shape, fits) => {
    expect(shapeFits([1, 2, 2, 1], shape)).toBe(fits)
  })

  it('that do not fit are named', () => {
    expect(() => bindInput(input('float32'), { ...pixels, shape: [4] }, 12)).toThrow(
      '[infer] "sample 12, input image": got a sample of shape [4] with 4 values, expected shape [1, 2, 2, 1]',
    )
  })
})

it('takes integers as real numbers for a float input', () => {
  expect(bound(input('float32'), pixels)).toEqual([0, 100, 200, 255])
})

it('quantizes real numbers, halves away from zero, and clamps', () => {
  const real: Tensor = { type: 'float32', shape: [2, 2], data: Float32Array.of(-0.25, 0.25, 100, -100) }
  expect(bound(input('int8', 0.5, 3), real)).toEqual([2, 4, 127, -128])
})

it('quantizes pixels for an input of another integer type', () => {
  expect(bound(input('int8', 1, -128), pixels)).toEqual([-128, -28, 72, 127])
})

it("takes data of the input's own integer type as stored", () => {
  expect(takesStoredIntegers(input('uint8', 0.0078125, 128), pixels)).toBe(true)
  expect(bound(input('uint8', 0.0078125, 128), pixels)).toEqual([0, 100, 200, 255])
  expect(takesStoredIntegers(input('int8', 1, -128), pixels)).toBe(false)
})

it('refuses NaN where it cannot be stored', () => {
  const sample: Tensor = { type: 'float32', shape: [2, 2], data: Float32Array.of(0, NaN, 0, 0) }
  expect(() => bindInput(input('int8', 1), sample, 3)).toThrow(
    '"sample 3, input image": got NaN at position 1',
  )
})

it('refuses types that cannot be converted', () => {
  const sample: Tensor = { type: 'int64', shape: [2, 2], data: BigInt64Array.of(0n, 1n, 2n, 3n) }
  expect(() => bindInput(input('float32'), sample)).toThrow(
    'got samples of type int64, expected values for an input of type float32',
  )
  const complex: Tensor = { type: 'complex64', shape: [2, 2], data: new BigUint64Array(4) }
  expect(() => bindInput(input('float32'), complex)).toThrow('got samples of type complex64')
  expect(() => bindInput(input('int32'), pixels)).toThrow('expected values for an input of type int32')
})
