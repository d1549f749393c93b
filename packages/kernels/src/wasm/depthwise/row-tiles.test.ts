import { describe, expect, it } from 'vitest'
import { depthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { shapesOf } from '../convolution/cases.conformance.ts'
import type { ConvolutionCase } from '../convolution/cases.conformance.ts'
import { columnBlocks, columnSteps, tileRuns } from './row-tiles.ts'

const geometryOf = (width: number, each: Partial<ConvolutionCase> = {}) =>
  depthwiseConv2dGeometry(
    shapesOf({ size: [3, width], channels: 1, outputs: 1, window: [3, 3], ...each }, true),
  )

describe('tileRuns', () => {
  it('makes runs of the tiles between the borders', () => {
    expect(tileRuns(geometryOf(56), 4)).toEqual([
      { size: 4, count: 1, from: -1, columns: 4 },
      { size: 4, count: 12, from: 3, columns: 4 },
      { size: 4, count: 1, from: 51, columns: 4 },
    ])
  })

  it('leaves the rest to the last tile', () => {
    expect(tileRuns(geometryOf(7, { padding: 'VALID' }), 4)).toEqual([
      { size: 4, count: 1, from: 0, columns: 4 },
      { size: 1, count: 1, from: 4, columns: 1 },
    ])
  })

  it('moves by the stride', () => {
    expect(tileRuns(geometryOf(16, { stride: 2 }), 2)).toEqual([
      { size: 2, count: 3, from: 0, columns: 4 },
      { size: 2, count: 1, from: 12, columns: 4 },
    ])
  })
})

describe('columnBlocks', () => {
  const runs = tileRuns(geometryOf(56), 4)

  it('is one block where the cache holds all', () => {
    expect(columnBlocks(runs, 100)).toEqual([{ runs, size: 56, count: 1, from: -1, columns: 56 }])
  })

  it('divides rows that the cache does not hold, with the rest at the end of each run', () => {
    const blocks = columnBlocks(runs, 1400)
    expect(blocks.map(({ size, count, from }) => ({ size, count, from }))).toEqual([
      { size: 4, count: 1, from: -1 },
      { size: 20, count: 2, from: 3 },
      { size: 8, count: 1, from: 43 },
      { size: 4, count: 1, from: 51 },
    ])
    expect(blocks.map((block) => block.runs)).toEqual([
      [runs[0]],
      [{ size: 4, count: 5, from: 3, columns: 4 }],
      [{ size: 4, count: 2, from: 43, columns: 4 }],
      [runs[2]],
    ])
  })
})

describe('columnSteps', () => {
  it('starts at the first column inside, and reaches the start of each piece', () => {
    expect(columnSteps(tileRuns(geometryOf(56), 4))).toEqual([3, 4, 4])
    expect(columnSteps(columnBlocks(tileRuns(geometryOf(56), 4), 1400))).toEqual([3, 20, 8, 4])
  })
})
