import { expect, it } from 'vitest'
import { reductionGeometry } from '../../shared/reduction.ts'
import { meanFloat32 } from './float32.ts'
import { meanInteger } from './integer.ts'

const geometry = reductionGeometry('MEAN', [2, 2], [1])

it('divides sums in float32', () => {
  const output = new Float32Array(2)
  meanFloat32(geometry)(Float32Array.of(1, 2, 4, 8), output)
  expect([...output]).toEqual([1.5, 6])
})

it.each([
  ['tflite', [3, 0]],
  ['xnnpack', [2, 0]],
] as const)('rounds halves as the %s arithmetic does: %j', (arithmetic, expected) => {
  const output = new Int8Array(2)
  meanInteger({
    arithmetic,
    geometry,
    ...{ inputScale: 1, inputZeroPoint: -1, outputScale: 1, outputZeroPoint: 1 },
    range: { min: -128, max: 127 },
  })(Int8Array.of(0, 1, -3, -2), output)
  expect([...output]).toEqual(expected)
})
