import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import type { Span } from '../share.ts'
import type { Weights } from './pack-weights.ts'
import { blocksOf } from './position-blocks.ts'
import { tileGrid, tileTime } from './tile-grid.ts'
import { panelsOf, stepCount } from './tiled-products.ts'
import type { Region, TiledProducts } from './tiled-products.ts'

/** What a division has to save to be worth its code. */
const leastGain = 0.02

/** Sums of so many steps and more are worth it. */
const longSum = 32

/**
 * Divides the output positions of a convolution by what of their windows lies inside the input: the rest is not multiplied.
 * Of an image of 8×8 positions and windows of 3×3, padding is 16 % of all products.
 *
 * @returns undefined where that saves too little: sums are short or padding is a small part of the input.
 */
export function paddingRegions(
  geometry: ConvolutionGeometry,
  products: TiledProducts,
): readonly Region[] | undefined {
  const { parts, outer } = products
  const isLong = stepCount(products) >= longSum
  if (!isLong || outer.length === 0 || blocksOf(products, panelsOf(products)) !== undefined) return undefined
  const [all, byRows, byBoth] = [
    [wholeOf(geometry, products)],
    rowRegions(geometry, products),
    parts.length === 1 ? bothRegions(geometry, products) : [],
  ]
  const candidates = [byRows, byBoth].filter((regions) => regions.length > 0)
  const fastest = candidates.reduce<readonly Region[]>(
    (best, regions) => (timeOf(regions, products) < timeOf(best, products) ? regions : best),
    all,
  )
  return timeOf(fastest, products) < (1 - leastGain) * timeOf(all, products) ? fastest : undefined
}

function wholeOf(geometry: ConvolutionGeometry, { steps }: TiledProducts): Region {
  return {
    rows: { from: 0, to: geometry.outputHeight },
    columns: { from: 0, to: geometry.outputWidth },
    windowRows: { from: 0, to: geometry.filterHeight },
    steps: { from: 0, to: steps },
  }
}

function rowRegions(geometry: ConvolutionGeometry, products: TiledProducts): readonly Region[] {
  const { outputHeight, strideHeight, padTop, filterHeight, dilationHeight, inputHeight } = geometry
  const runs = insideRuns(outputHeight, strideHeight, padTop, filterHeight, dilationHeight, inputHeight)
  return runs.map(({ outputs, window }) => ({
    ...wholeOf(geometry, products),
    ...{ rows: outputs, windowRows: window },
  }))
}

/** Divided by rows, and rows of whole windows by columns. */
function bothRegions(geometry: ConvolutionGeometry, products: TiledProducts): readonly Region[] {
  const { outputWidth, strideWidth, padLeft, filterWidth, inputWidth, inputChannels } = geometry
  const { elementsPerStep } = products.inner
  const runs = insideRuns(outputWidth, strideWidth, padLeft, filterWidth, 1, inputWidth)
  if (runs.length === 0) return []
  return rowRegions(geometry, products).flatMap((region) =>
    lengthOf(region.windowRows) < geometry.filterHeight
      ? [region]
      : runs.map(({ outputs, window }) => ({
          ...{ ...region, columns: outputs },
          steps: {
            from: Math.floor((window.from * inputChannels) / elementsPerStep),
            to: Math.ceil((window.to * inputChannels) / elementsPerStep),
          },
        })),
  )
}

interface InsideRun {
  readonly outputs: Span
  /** What of their windows lies inside the input. */
  readonly window: Span
}

/** Consecutive output positions of one axis with the same part of the window inside; none if a window is outside as a whole. */
function insideRuns(
  outputs: number,
  stride: number,
  pad: number,
  filter: number,
  dilation: number,
  input: number,
): readonly InsideRun[] {
  const runs: InsideRun[] = []
  for (let output = 0; output < outputs; output++) {
    const start = output * stride - pad
    const window = {
      from: Math.max(0, Math.ceil(-start / dilation)),
      to: Math.min(filter, Math.floor((input - 1 - start) / dilation) + 1),
    }
    if (window.from >= window.to) return []
    const before = runs.at(-1)
    const continues = before?.window.from === window.from && before.window.to === window.to
    const from = continues ? runs.pop()!.outputs.from : output
    runs.push({ outputs: { from, to: output + 1 }, window })
  }
  return runs
}

const lengthOf = ({ from, to }: Span): number => to - from

function timeOf(regions: readonly Region[], { inner, parts }: TiledProducts): number {
  const partsOfRow = parts.slice(1).reduce((product, { count }) => product * count, 1)
  return regions.reduce((total, { rows, columns, windowRows, steps }) => {
    const stepCount = lengthOf(windowRows) * partsOfRow * lengthOf(steps)
    return total + tileTime(tileGrid(lengthOf(rows), lengthOf(columns), inner), inner, stepCount)
  }, 0)
}

/** The filter of a convolution, as regions see it. */
export interface RegionFilter {
  /** `[channels, rows, elements]`, zero points subtracted. */
  readonly weights: Weights
  readonly channels: number
  readonly rows: number
  /** Of a row of the window. */
  readonly elements: number
  /** Of a part, which is such a row, or one of its columns. */
  readonly partElements: number
  readonly elementsPerStep: number
}

/**
 * What sums of each region start with: as before, but without what the zero point in the padding would have added.
 *
 * @param starts of whole windows, channels padded to whole vectors.
 * @param padding what an element of the padding holds.
 * @returns one table after another.
 */
export function regionStarts(
  regions: readonly Region[],
  starts: Int32Array,
  padding: number,
  filter: RegionFilter,
): Int32Array {
  const { weights, channels } = filter
  const length = filter.rows * filter.elements
  const tables = new Int32Array(regions.length * starts.length)
  regions.forEach((region, index) => {
    const table = tables.subarray(index * starts.length, (index + 1) * starts.length)
    table.set(starts)
    const leftOut = padding === 0 ? [] : leftOutOf(region, filter)
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0
      for (const element of leftOut) sum += weights[channel * length + element]!
      table[channel] = (table[channel]! + padding * sum) | 0
    }
  })
  return tables
}

/** Elements of a filter that a region does not multiply, in ascending order. */
function leftOutOf({ windowRows, steps }: Region, filter: RegionFilter): number[] {
  const { rows, elements, partElements, elementsPerStep } = filter
  const left: number[] = []
  const [from, to] = [steps.from * elementsPerStep, steps.to * elementsPerStep]
  for (let row = 0; row < rows; row++) {
    const isInside = row >= windowRows.from && row < windowRows.to
    for (let element = 0; element < elements; element++) {
      const ofPart = element % partElements
      if (!isInside || ofPart < from || ofPart >= to) left.push(row * elements + element)
    }
  }
  return left
}
