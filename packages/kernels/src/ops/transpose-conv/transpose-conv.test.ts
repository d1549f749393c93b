import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { transposeConvAccumulate } from './accumulate.ts'
import { transposeConvFloat32 } from './float32.ts'
import { transposeConvGeometry } from './geometry.ts'

/** The definition: every input is spread over the outputs under its window. */
function spread(g: ConvolutionGeometry, input: readonly number[], filter: readonly number[]): number[] {
  const output = new Array<number>(g.batches * g.outputHeight * g.outputWidth * g.outputChannels).fill(0)
  input.forEach((value, at) => {
    const channel = at % g.inputChannels
    const position = Math.floor(at / g.inputChannels)
    const x = (position % g.inputWidth) * g.strideWidth - g.padLeft
    const y = (Math.floor(position / g.inputWidth) % g.inputHeight) * g.strideHeight - g.padTop
    const batch = Math.floor(position / g.inputWidth / g.inputHeight)
    filter.forEach((weight, index) => {
      if (index % g.inputChannels !== channel) return
      const tap = Math.floor(index / g.inputChannels)
      const [row, column] = [
        y + (Math.floor(tap / g.filterWidth) % g.filterHeight),
        x + (tap % g.filterWidth),
      ]
      if (row < 0 || row >= g.outputHeight || column < 0 || column >= g.outputWidth) return
      const to = ((batch * g.outputHeight + row) * g.outputWidth + column) * g.outputChannels
      output[to + Math.floor(tap / g.filterWidth / g.filterHeight)]! += value * weight
    })
  })
  return output
}

it.each(Array.from({ length: 20 }, (_, seed) => seed))('equals its definition, shape %i', (seed) => {
  const random = seededRandom(seed)
  const size = (largest: number): number => 1 + random.integer(largest)
  const [height, width, depth, outputChannels] = [size(4), size(4), size(3), size(5)]
  const [strideHeight, strideWidth] = [size(3), size(3)]
  const geometry = transposeConvGeometry({
    input: [2, height, width, depth],
    filter: [outputChannels, size(4), size(4), depth],
    output: [2, height * strideHeight, width * strideWidth, outputChannels],
    padding: seed % 2 === 0 ? 'SAME' : 'VALID',
    ...{ strideHeight, strideWidth },
  })
  const integers = (length: number): number[] => Array.from({ length }, () => random.integer(511) - 255)
  const input = integers(2 * height * width * depth)
  const filter = integers(outputChannels * geometry.filterHeight * geometry.filterWidth * depth)
  const expected = spread(geometry, input, filter)
  const sums = new Array<number>(expected.length)
  const accumulate = transposeConvAccumulate(
    geometry,
    Int16Array.from(filter),
    new Int32Array(outputChannels),
  )
  accumulate(Int16Array.from(input), (values, _, at) => values.forEach((sum, c) => (sums[at + c] = sum)))
  expect(sums).toEqual(expected)
  const output = new Float32Array(expected.length)
  transposeConvFloat32({
    arithmetic: 'tflite',
    geometry,
    filter: Float32Array.from(filter),
    bias: new Float32Array(outputChannels),
    range: { min: -Infinity, max: Infinity },
  })(Float32Array.from(input), output)
  expect([...output]).toEqual(expected)
})

it('refuses channels that do not match', () => {
  const shapes = { input: [1, 2, 2, 3], filter: [4, 3, 3, 2], output: [1, 4, 4, 4], padding: 'SAME' } as const
  expect(() => transposeConvGeometry({ ...shapes, strideHeight: 2, strideWidth: 2 })).toThrow(
    'expected rank 4, the same batches and channels',
  )
})
