import { describe, expect, it } from 'vitest'
import { conv2dAccumulate } from '../ops/conv-2d/accumulate.ts'
import { conv2dGeometry } from '../ops/conv-2d/geometry.ts'
import type { Conv2dGeometry } from '../ops/conv-2d/geometry.ts'
import { convolutionCases, shapesOf } from './convolution/cases.conformance.ts'
import { spanOf } from './share.ts'
import { sliceRows } from './slice-rows.ts'

const windows = [
  ...convolutionCases.filter(({ window }) => window !== undefined),
  { size: [4, 3], channels: 2, outputs: 1, window: [3, 3], batches: 5 } as const,
  { size: [2, 2], channels: 1, outputs: 2, window: [7, 1], dilation: 2 } as const,
]

function sumsOf(geometry: Conv2dGeometry, input: Int16Array, filter: Int16Array): number[] {
  const sums: number[] = []
  conv2dAccumulate(
    geometry,
    filter,
    new Int32Array(geometry.outputChannels),
  )(input, (row) => sums.push(...row))
  return sums
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)
const counting = (length: number): Int16Array => Int16Array.from({ length }, (_, at) => (at % 97) - 40)

describe.each(windows.map((each) => [JSON.stringify(each), each] as const))('%s', (_, each) => {
  const shapes = shapesOf(each, false)
  const geometry = conv2dGeometry(shapes)
  const [input, filter] = [counting(product(shapes.input)), counting(product(shapes.filter))]
  const rows = geometry.batches * geometry.outputHeight

  it.each([1, 2, 3, rows])('computes the same in %i shares', (count) => {
    const whole = sumsOf(geometry, input, filter)
    const parts = Array.from({ length: whole.length }, () => NaN)
    for (let index = 0; index < count; index++) {
      for (const slice of sliceRows(geometry, spanOf(rows, { index, count }))) {
        const { batches, inputHeight, inputWidth, inputChannels } = slice.geometry
        const end = slice.inputAt + batches * inputHeight * inputWidth * inputChannels
        expect(end).toBeLessThanOrEqual(input.length)
        const sums = sumsOf(slice.geometry, input.subarray(slice.inputAt, end), filter)
        parts.splice(slice.outputAt, sums.length, ...sums)
      }
    }
    expect(parts).toEqual(whole)
  })
})

it('takes no more of the input than the rows need', () => {
  const shapes = shapesOf({ size: [8, 2], channels: 3, outputs: 1, window: [3, 3] }, false)
  const [slice] = sliceRows(conv2dGeometry(shapes), { from: 4, to: 6 })
  expect(slice).toMatchObject({
    geometry: { inputHeight: 4, outputHeight: 2, padTop: 0 },
    inputAt: 3 * 2 * 3,
    outputAt: 4 * 2,
  })
})

it('takes whole images together', () => {
  const shapes = shapesOf({ size: [4, 2], channels: 1, outputs: 1, window: [3, 3], batches: 4 }, false)
  const slices = sliceRows(conv2dGeometry(shapes), { from: 2, to: 14 })
  expect(slices.map((slice) => [slice.geometry.batches, slice.geometry.outputHeight])).toEqual([
    [1, 2],
    [2, 4],
    [1, 2],
  ])
})
