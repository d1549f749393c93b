import { expect, it } from 'vitest'
import { resizeBilinearFloat32 } from './float32.ts'
import { resizeBilinearInteger } from './integer.ts'

const to = (outputHeight: number, outputWidth: number, alignCorners = false, halfPixelCenters = false) => ({
  outputHeight,
  outputWidth,
  alignCorners,
  halfPixelCenters,
})

it.each([
  ['from the corner', to(1, 4), [0, 2, 4, 4]],
  ['with aligned corners', to(1, 5, true), [0, 1, 2, 3, 4]],
  ['from pixel centres', to(1, 4, false, true), [0, 1, 3, 4]],
  ['to one pixel with aligned corners', to(1, 1, true), [0]],
])('mixes two pixels %s', (_, parameters, expected) => {
  const output = new Float32Array(expected.length)
  resizeBilinearFloat32([1, 1, 2, 1], parameters)(Float32Array.of(0, 4), output)
  expect([...output]).toEqual(expected)
  for (const arithmetic of ['tflite', 'xnnpack'] as const) {
    const integers = new Int8Array(expected.length)
    resizeBilinearInteger(arithmetic, [1, 1, 2, 1], parameters)(Int8Array.of(0, 4), integers)
    expect([...integers]).toEqual(expected)
  }
})

it('mixes in both directions, image by image and channel by channel', () => {
  const output = new Float32Array(12)
  const image = [0, 100, 2, 102, 4, 104, 6, 106]
  const input = Float32Array.of(...image, ...image.map((value) => -value))
  resizeBilinearFloat32([2, 2, 2, 2], to(3, 1, true))(input, output)
  expect([...output]).toEqual([0, 100, 2, 102, 4, 104, -0, -100, -2, -102, -4, -104])
})

it.each([
  ['tflite', [1, -1]],
  ['xnnpack', [1, 0]],
] as const)('rounds halves as the %s arithmetic does', (arithmetic, expected) => {
  const halves = [
    [0, 1],
    [0, -1],
  ].map((pixels) => {
    const output = new Int8Array(3)
    resizeBilinearInteger(arithmetic, [1, 1, 2, 1], to(1, 3, true))(Int8Array.from(pixels), output)
    return output[1]
  })
  expect(halves).toEqual(expected)
})

it('refuses what is no batch of images', () => {
  expect(() => resizeBilinearFloat32([2, 2], to(1, 1))).toThrow('got shape [2, 2]')
})
