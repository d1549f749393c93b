import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { splitChannels } from '../convolution/split.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { Span } from '../share.ts'
import type { DepthwiseConv2dOptions } from './depthwise-conv-2d.ts'
import type { DepthwisePlan } from './depthwise-code.ts'
import { bytesOf } from './element-loader.ts'
import { inputInPlace, leavesInput, paddedCopy } from './prepare-input.ts'
import type { PreparedInput } from './prepare-input.ts'
import { tileRuns } from './row-tiles.ts'
import { tapGroups } from './tap-groups.ts'
import type { TapGroup, TileSize } from './tap-groups.ts'
import { tapWeights } from './tap-weights.ts'
import { windowParts } from './window-parts.ts'

/** Runs of tiles in a row. */
const largestVariety = 6

/** Channels of a panel: with four taps to a vector eight, as two rows of eight channels interleave in one step. */
const panelSize = { 1: 4, 2: 4, 4: 8 } as const

/** Decides how some channels of a depthwise convolution are computed, and from what. */
export function planDepthwise(
  { geometry, input, inner, epilogue, order, compact = false }: DepthwiseConv2dOptions,
  { from, to }: Span,
): { readonly plan: DepthwisePlan; readonly prepared: PreparedInput } {
  const panels = splitChannels(to - from, panelSize[inner.elementsPerStep])
  const tile = tileSize(geometry, inner, panels[0]?.size ?? 4)
  const parts = windowParts(geometry, order)
  const leaves = leavesInput(geometry)
  // Tiles that leave the input are not worth their code where there are many kinds of them, or where code is to be short.
  const varied = compact || tileRuns(geometry, tile.columns).length > largestVariety
  const copies = (varied || parts.loops.length > 0) && (leaves.rows || leaves.columns)
  const prepared = copies ? paddedCopy(geometry, input) : inputInPlace(geometry, input)
  const groupsOf = (size: TileSize): readonly TapGroup[] =>
    knownGroups(parts.window, size, inner.elementsPerStep, order)
  return {
    prepared,
    plan: {
      geometry: prepared.geometry,
      ...{ inner, epilogue, tile, parts, groupsOf, panels, firstChannel: from },
      weights: tapWeights(groupsOf(tile)),
      elementBytes: bytesOf(input),
    },
  }
}

const known = new Map<string, readonly TapGroup[]>()

/** Groups by what decides them: the layers of a model are often alike. */
function knownGroups(...of: Parameters<typeof tapGroups>): readonly TapGroup[] {
  const [window, tile, size, order] = of
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = window
  const sizes = [filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth]
  const key = [...sizes, tile.rows, tile.columns, size, order].join(' ')
  const groups = known.get(key) ?? tapGroups(...of)
  known.set(key, groups)
  return groups
}

/** Output positions whose sums have registers, two rows where they share vectors of taps. */
function tileSize(
  geometry: DepthwiseConv2dGeometry,
  { elementsPerStep: taps }: InnerLoop,
  panel: number,
): TileSize {
  const { filterHeight, strideHeight, dilationHeight, outputHeight, outputWidth } = geometry
  // Windows of whole vectors would need others for the row below.
  const divides = taps > 1 && filterHeight % taps === 0
  // With steps of two, three rows share half of a vector with the next three, and take the fifth row by its columns.
  const overlaps = strideHeight === 1 || (strideHeight === 2 && filterHeight === 3 && taps === 4)
  const shares = filterHeight > 1 && !divides && overlaps && dilationHeight === 1
  const rows = shares && outputHeight > 1 ? 2 : 1
  // Float32 weights stay in registers, too, and leave room for half of the sums.
  const sums = taps === 1 ? 4 : 8
  return { rows, columns: Math.min(4, sums / rows / (panel / 4), outputWidth) }
}
