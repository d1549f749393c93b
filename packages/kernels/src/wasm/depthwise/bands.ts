import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import type { DepthwiseConv2dOptions } from './depthwise-conv-2d.ts'
import type { DepthwiseInput } from './element-loader.ts'
import type { TapVector } from './tap-groups.ts'

/** Bytes that bands are made of. */
export type BandInput = Extract<DepthwiseInput, { kind: 'bytes' }>

/** A convolution that bands suit. */
export interface BandOptions extends DepthwiseConv2dOptions {
  readonly input: BandInput
}

/** Rows of the input that stand next to each other in a band. */
export const bandRows = 4

/** How windows of 3×3 take their elements from bands: four rows of the input, interleaved for each column and channel. */
export interface BandPlan {
  /** Output rows that one band holds the elements of. */
  readonly outputRows: 1 | 2
  /** For each of these rows the vectors of weights of the three columns. */
  readonly weights: readonly (readonly TapVector[])[]
  /** Columns of a band: those of the input, and those beside it that windows look at. */
  readonly columns: { readonly left: number; readonly inside: number; readonly right: number }
}

/** Whether bands serve: for dot products of four bytes, windows of 3×3 with steps of one or two, and rows of whole vectors. */
export function suitsBands(options: DepthwiseConv2dOptions): options is BandOptions {
  const { geometry, input, inner, compact = false } = options
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = geometry
  const { inputWidth, inputChannels, depthMultiplier } = geometry
  const is3x3 = filterHeight === 3 && filterWidth === 3 && dilationHeight === 1 && dilationWidth === 1
  const isWhole = inputChannels % 4 === 0 && (inputWidth * inputChannels) % 16 === 0
  const sizes = is3x3 && Math.max(strideHeight, strideWidth) <= 2 && depthMultiplier === 1 && isWhole
  return sizes && input.kind === 'bytes' && inner.elementsPerStep === bandRows && !compact
}

/** Plans the bands of a convolution that they suit. */
export function bandPlan(geometry: DepthwiseConv2dGeometry): BandPlan {
  const { inputWidth, outputWidth, strideHeight, strideWidth, padLeft } = geometry
  // With steps of one, the windows of two output rows lie in four rows of the input.
  const outputRows = strideHeight === 1 ? 2 : 1
  const end = (outputWidth - 1) * strideWidth + 3 - padLeft
  return {
    outputRows,
    weights: Array.from({ length: outputRows }, (_, top) => [0, 1, 2].map((column) => tapsOf(top, column))),
    columns: { left: padLeft, inside: inputWidth, right: Math.max(0, end - inputWidth) },
  }
}

/** The taps of one column of a window that starts at a row of a band. */
function tapsOf(top: number, column: number): TapVector {
  return Array.from({ length: bandRows }, (_, place) => {
    const row = place - top
    return row >= 0 && row < 3 ? { row, column } : undefined
  })
}
