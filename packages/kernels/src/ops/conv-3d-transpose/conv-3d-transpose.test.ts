import { expect, it } from 'vitest'
import { volumeGeometry } from '../../shared/volume-geometry.ts'
import { conv3dTransposeFloat32 } from './conv-3d-transpose.ts'

const geometry = volumeGeometry('CONV_3D_TRANSPOSE', {
  ...{ input: [1, 1, 1, 5, 1], filter: [1, 1, 3, 1, 2], output: [1, 1, 1, 2, 2] },
  ...{ padding: 'VALID', strides: [1, 1, 2], dilations: [1, 1, 1] },
})

it('adds the window of each element to the output', () => {
  const output = new Float32Array(5)
  const range = { min: -Infinity, max: Infinity }
  const run = conv3dTransposeFloat32({ geometry, inputChannels: 2, outputChannels: 1, range })
  const [input, filter] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 0, 0, 10, 100, 0)]
  run(input, filter, undefined, output)
  expect([...output]).toEqual([1, 20, 103, 40, 300])
  run(input, filter, Float32Array.of(0.5), output)
  expect([...output]).toEqual([1.5, 20.5, 103.5, 40.5, 300.5])
})
