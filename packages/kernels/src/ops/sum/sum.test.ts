import { expect, it } from 'vitest'
import { foldElements } from '../../shared/fold.ts'
import { reductionGeometry } from '../../shared/reduction.ts'
import { foldSum } from './fold-sum.ts'
import { sumInteger } from './integer.ts'

const geometry = reductionGeometry('SUM', [2, 2], [1])

it('adds in the precision of the output', () => {
  const floats = new Float32Array(2)
  foldElements<number>(geometry, 0, foldSum.float32)(Float32Array.of(2 ** 24, 1, 0.5, 0.25), floats)
  expect([...floats]).toEqual([2 ** 24, 0.75])
  const integers = new Int32Array(2)
  foldElements<number>(geometry, 0, foldSum.int32)(Int32Array.of(2 ** 31 - 1, 1, 3, 4), integers)
  expect([...integers]).toEqual([-(2 ** 31), 7])
})

it.each([
  ['tflite', [3, -1, 127, -128]],
  ['xnnpack', [2, -1, 127, -128]],
] as const)(
  'rescales stored integers, rounding halves as the %s arithmetic does: %j',
  (arithmetic, expected) => {
    const output = new Int8Array(4)
    sumInteger({
      arithmetic,
      geometry: reductionGeometry('SUM', [4, 2], [1]),
      ...{ inputScale: 0.5, inputZeroPoint: 1, outputScale: 1, outputZeroPoint: 1 },
      range: { min: -128, max: 127 },
    })(Int8Array.of(3, 2, 1, -3, 127, 127, -128, -128), output)
    expect([...output]).toEqual(expected)
  },
)
