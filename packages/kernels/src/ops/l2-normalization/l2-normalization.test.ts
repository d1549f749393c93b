import { expect, it } from 'vitest'
import { l2NormalizationFloat32 } from './float32.ts'
import { l2NormalizationInteger } from './integer.ts'

it('divides each row of float32 by its norm, and rows of zeros by almost nothing', () => {
  const output = new Float32Array(4)
  l2NormalizationFloat32(2)(Float32Array.of(3, 4, 0, 0), output)
  expect([...output]).toEqual([Math.fround(0.6), Math.fround(0.8), 0, 0])
})

it('gives 128ths of int8, clamped', () => {
  const output = new Int8Array(6)
  const run = l2NormalizationInteger({ depth: 2, type: 'int8', inputZeroPoint: 1 })
  run(Int8Array.of(4, 5, 1, 101, 1, 1), output)
  // 0.6 and 0.8 of 128 are 76.8 and 102.4; 1 is beyond the type.
  expect([...output]).toEqual([77, 102, 0, 127, 0, 0])
})

it('puts the 0 of uint8 at 128', () => {
  const output = new Uint8Array(2)
  l2NormalizationInteger({ depth: 2, type: 'uint8', inputZeroPoint: 100 })(Uint8Array.of(103, 96), output)
  expect([...output]).toEqual([205, 26])
})
