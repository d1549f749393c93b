import { expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { usdot } from '../inner-loop.ts'
import { convolutionCases, shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { paddingRegions, regionStarts } from './padding-regions.ts'
import type { Region, TiledProducts } from './tiled-products.ts'

const regionsOf = (each: ConvolutionCase): readonly Region[] | undefined => {
  const geometry = conv2dGeometry(shapesOf(each, false))
  const { outputHeight, outputWidth, filterHeight, filterWidth, inputChannels } = geometry
  const products: TiledProducts = {
    inner: usdot,
    epilogue: {
      outputBytes: 1,
      vectorsPerQuad: 1,
      parameters: new Int32Array(0),
      begin: () => () => undefined,
    },
    outer: [{ count: outputHeight, stride: 1 }],
    positions: { count: outputWidth, stride: 1 },
    parts: [{ count: filterHeight, stride: 1 }],
    steps: Math.ceil((filterWidth * inputChannels) / usdot.elementsPerStep),
    channels: geometry.outputChannels,
  }
  return paddingRegions(geometry, products)
}

const spans = (region: Region): readonly number[] =>
  [region.rows, region.columns, region.windowRows, region.steps].flatMap(({ from, to }) => [from, to])

it('leaves out rows above and below, and columns beside whole rows', () => {
  const regions = regionsOf({ size: [8, 8], channels: 64, outputs: 64, window: [3, 3] })
  expect(regions?.map(spans)).toEqual([
    [0, 1, 0, 8, 1, 3, 0, 48],
    [1, 7, 0, 1, 0, 3, 16, 48],
    [1, 7, 1, 7, 0, 3, 0, 48],
    [1, 7, 7, 8, 0, 3, 0, 32],
    [7, 8, 0, 8, 0, 2, 0, 48],
  ])
})

it('divides neither short sums nor images that are hardly padded', () => {
  expect(regionsOf({ size: [8, 8], channels: 8, outputs: 64, window: [3, 3] })).toBeUndefined()
  expect(regionsOf({ size: [60, 60], channels: 16, outputs: 8, window: [3, 3] })).toBeUndefined()
  expect(
    regionsOf({ size: [8, 8], channels: 64, outputs: 8, window: [3, 3], padding: 'VALID' }),
  ).toBeUndefined()
})

const padded = convolutionCases.filter(({ dilation = 1 }) => dilation === 1)

it('covers every position once, and of its window all that is inside the input', () => {
  const divided = padded.filter((each) => regionsOf(each) !== undefined)
  expect(divided.length).toBeGreaterThan(3)
  for (const each of divided) {
    const geometry = conv2dGeometry(shapesOf(each, false))
    const left: unknown[] = []
    const times = new Uint8Array(geometry.outputHeight * geometry.outputWidth)
    for (const { rows, columns, windowRows, steps } of regionsOf(each)!) {
      for (let row = rows.from; row < rows.to; row++) {
        for (let column = columns.from; column < columns.to; column++) {
          times[row * geometry.outputWidth + column]!++
          for (let y = 0; y < geometry.filterHeight; y++) {
            for (let x = 0; x < geometry.filterWidth; x++) {
              const [top, start] = [
                row * geometry.strideHeight - geometry.padTop,
                column * geometry.strideWidth - geometry.padLeft,
              ]
              const isInside =
                top + y >= 0 &&
                top + y < geometry.inputHeight &&
                start + x >= 0 &&
                start + x < geometry.inputWidth
              const [from, to] = [x * geometry.inputChannels, (x + 1) * geometry.inputChannels]
              const isMultiplied =
                y >= windowRows.from && y < windowRows.to && from >= steps.from * 4 && to <= steps.to * 4
              if (isInside && !isMultiplied) left.push({ row, column, y, x })
            }
          }
        }
      }
    }
    expect(left).toEqual([])
    expect(times.every((count) => count === 1)).toBe(true)
  }
})

it('starts sums without what was folded into them for the zero point', () => {
  const whole = { rows: { from: 0, to: 1 }, columns: { from: 0, to: 1 } }
  const regions = [
    { ...whole, windowRows: { from: 0, to: 2 }, steps: { from: 0, to: 2 } },
    { ...whole, windowRows: { from: 1, to: 2 }, steps: { from: 0, to: 2 } },
    { ...whole, windowRows: { from: 0, to: 2 }, steps: { from: 1, to: 2 } },
  ]
  const weights = Int16Array.of(0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105)
  const filter = { weights, channels: 1, rows: 2, elements: 6, partElements: 6, elementsPerStep: 4 }
  const starts = Int32Array.of(1000, 7, 7, 7)
  // Without row 0: 0 + … + 5; without the first step: 0 + … + 3, and the same a hundred above.
  expect([...regionStarts(regions, starts, 3, filter)]).toEqual(
    [1000, 1000 + 3 * 15, 1000 + 3 * (6 + 406)].flatMap((start) => [start, 7, 7, 7]),
  )
})
