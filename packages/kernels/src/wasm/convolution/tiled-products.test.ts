import { expect, it } from 'vitest'
import { floatBiasOrder } from '../../shared/float-bias.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { i16, usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { panelsOf } from './tiled-products.ts'

/** Sizes of the panels of channels at some positions. */
function sizesOf(inner: InnerLoop, rows: number, columns: number, channels = 100): readonly number[] {
  const range = { min: -Infinity, max: Infinity }
  const products = {
    ...{
      inner,
      epilogue: float32Epilogue(floatBiasOrder('tflite', new Float32Array(channels)), range),
      channels,
    },
    ...{ outer: [{ count: rows, stride: 64 }], positions: { count: columns, stride: 16 } },
    ...{ parts: [], steps: 4 },
  }
  return panelsOf(products).flatMap(({ size, count }) => Array.from({ length: count }, () => size))
}

it('fills the registers with channels where there are too few positions', () => {
  expect(sizesOf(usdot, 1, 1)).toEqual([48, 48, 4])
  expect(sizesOf(usdot, 1, 2)).toEqual([24, 24, 24, 24, 4])
  expect(sizesOf(usdot, 3, 3)[0]).toBe(24)
})

it.each([
  [1, [4]],
  [7, [8]],
  [10, [12]],
  [48, [48]],
  [89, [48, 44]],
])('computes what is left of %i channels at once, at a single position', (channels, sizes) => {
  expect(sizesOf(usdot, 1, 1, channels)).toEqual(sizes)
})

it('takes narrow panels where positions fill the registers', () => {
  expect(sizesOf(usdot, 2, 3)[0]).toBe(8)
  expect(sizesOf(usdot, 7, 7)[0]).toBe(8)
})

it('takes them where sums do not wait for themselves', () => {
  expect([1, 2, 4, 9].map((columns) => sizesOf(i16, 1, columns)[0])).toEqual([32, 16, 8, 8])
})
