import { expect, it } from 'vitest'
import { volumeExtent, volumeGeometry } from '../../shared/volume-geometry.ts'
import type { VolumeShapes } from '../../shared/volume-geometry.ts'
import { conv3dFloat32 } from './conv-3d.ts'

const shapes: VolumeShapes = {
  ...{ input: [1, 2, 1, 3, 1], filter: [2, 1, 2, 1, 2], output: [1, 2, 1, 3, 2] },
  ...{ padding: 'SAME', strides: [1, 1, 1], dilations: [1, 1, 1] },
}

const convolve = (given: VolumeShapes, inputChannels = 1): number[] => {
  const geometry = volumeGeometry('CONV_3D', given)
  const output = new Float32Array(given.output.reduce((product, size) => product * size, 1))
  const range = { min: -Infinity, max: 500 }
  const run = conv3dFloat32({ geometry, inputChannels, outputChannels: 2, range })
  const filter = Float32Array.of(1, 0, 10, 0, 0, 1, 0, 100)
  run(Float32Array.of(1, 2, 3, 4, 5, 6), filter, Float32Array.of(0.5, 0), output)
  return [...output]
}

it('multiplies windows with the filter, for each channel of the output', () => {
  const expected = [21.5, 500, 32.5, 500, 3.5, 6, 54.5, 0, 65.5, 0, 6.5, 0]
  expect(convolve(shapes)).toEqual(expected)
})

it('moves by strides, and takes every second element with a dilation of 2', () => {
  const strided = { ...shapes, strides: [2, 1, 2], output: [1, 1, 1, 2, 2] } as const
  expect(convolve(strided)).toEqual([21.5, 500, 3.5, 6])
  const dilated = { ...shapes, dilations: [1, 1, 2], padding: 'VALID', output: [1, 1, 1, 1, 2] } as const
  expect(convolve(dilated)).toEqual([31.5, 500])
})

it('sums over channels of the input', () => {
  const two = { ...shapes, input: [1, 1, 1, 3, 2], filter: [1, 1, 2, 2, 2], output: [1, 1, 1, 3, 2] } as const
  expect(convolve(two, 2)).toEqual([21.5, 403, 43.5, 500, 65.5, 0])
})

it('knows how many positions there are, and refuses other outputs, ranks and steps', () => {
  expect(volumeExtent('CONV_3D', shapes)).toEqual([1, 2, 1, 3])
  expect(() => volumeGeometry('CONV_3D', { ...shapes, output: [1, 2, 1, 2, 2] })).toThrow(
    'expected [1, 2, 1, 3, channels]',
  )
  expect(() => volumeGeometry('CONV_3D', { ...shapes, input: [2, 1, 3, 1] })).toThrow('expected rank 5')
  expect(() => volumeGeometry('CONV_3D', { ...shapes, strides: [1, 0, 1] })).toThrow('steps of at least 1')
})
