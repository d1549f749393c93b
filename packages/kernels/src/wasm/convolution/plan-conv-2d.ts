import { isPointwise } from '../../shared/patches.ts'
import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { Conv2dOptions } from './conv-2d.ts'
import { batchStride, needsNoCopy, paddedBytes, paddedInput, rowStride } from './padded-input.ts'
import type { PaddedInput } from './padded-input.ts'
import { paddingRegions } from './padding-regions.ts'
import { pickedGeometry } from './picked-input.ts'
import { bandGeometry, rowBands } from './row-bands.ts'
import type { RowBands } from './row-bands.ts'
import { restsBytes, restsOffsets, rowRests } from './row-rests.ts'
import type { RowRests } from './row-rests.ts'
import { largestPanelOf } from './tiled-products.ts'
import type { Region, TiledProducts, Walk } from './tiled-products.ts'
import { excessOffsets, weightExcess } from './weight-excess.ts'

/** How a CONV_2D is computed: what is copied, and the products of that. */
export interface Conv2dPlan {
  /** The convolution, of picked positions where only some are looked at. */
  readonly geometry: Conv2dGeometry
  readonly isPicked: boolean
  /** All of the input. */
  readonly whole: PaddedInput
  readonly bands: RowBands | undefined
  /** What is in memory at one time: all of the input, or its largest band. */
  readonly input: PaddedInput
  /** Whether it is a copy. Bands always are: they hold rows of the padding, which their own geometry does not show. */
  readonly isCopied: boolean
  readonly rests: RowRests | undefined
  readonly regions: readonly Region[] | undefined
  /** Steps for what weights exceed bytes by, as {@link weightExcess} gives them. */
  readonly excess: readonly number[]
  /** Bytes of scratch memory for the input; the shared steps of rests follow it. */
  readonly inputBytes: number
  readonly restsBytes: number
  /** The convolution of a band of some rows of output, or of all. */
  partOf(rows: number): Conv2dGeometry
  productsOf(part: Conv2dGeometry): TiledProducts
}

/** Channels of a panel whose vectors are fused in pairs. */
export const fusiblePanel = 16

/** How many output channels have weights. */
export const channelsComputed = ({ geometry, channels }: Conv2dOptions): number =>
  channels === undefined ? geometry.outputChannels : channels.to - channels.from

/**
 * Plans a convolution of one group with at least one output.
 *
 * @returns undefined where too many weights exceed the bytes that the products are made of.
 */
export function planConv2d(options: Conv2dOptions): Conv2dPlan | undefined {
  const { form, inner, epilogue } = options
  const picked = pickedGeometry(options.geometry, form)
  const geometry = picked ?? options.geometry
  const { groups, outputHeight, outputChannels: channels } = geometry
  const computedChannels = channelsComputed(options)
  const excess = form.kind === 'uint8' ? weightExcess(options.filter, geometry, computedChannels) : []
  if (excess === undefined) return undefined
  const dense = paddedInput(geometry, form)
  const bands = isPointwise(geometry, groups) || needsNoCopy(dense) ? undefined : rowBands(geometry, dense)
  // Of the vectors that are stored, one in four would lie across two lines of the cache.
  const aligned = bands === undefined ? {} : { rowAlignment: 16 }
  const whole = { ...dense, ...aligned }
  const partOf = (rows: number): Conv2dGeometry =>
    bands === undefined ? geometry : bandGeometry(geometry, bands, rows)
  const largest = partOf(bands?.parts[0]!.size ?? outputHeight)
  const input = { ...paddedInput(largest, form), ...aligned }
  const rests = rowRests(largest, input, inner)
  const isCopied = bands !== undefined || !needsNoCopy(input)
  const inputBytes = !isCopied ? 0 : Math.ceil((paddedBytes(input) + 64) / 16) * 16
  const productsOf = (part: Conv2dGeometry): TiledProducts => ({
    ...(isPointwise(part, groups) ? pointwiseWalks(part, input) : windowWalks(part, input)),
    ...{ inner, epilogue, channels, computedChannels },
    ...partWalks(part, input, inner),
    ...(rests === undefined ? {} : { steps: rests.steps }),
    furtherSteps: [
      ...(rests === undefined ? [] : restsOffsets(input, rests).map((offset) => inputBytes + offset)),
      ...excessOffsets(input, part, excess),
    ],
    ...(options.fusible === true ? { largestPanel: fusiblePanel } : {}),
  })
  // Weights are packed once, so a band of few rows must not choose other panels for itself.
  const largestPanel = largestPanelOf(productsOf(largest))
  // Padding shows in sums of floating point numbers: as a zero with a sign, or as no number where a weight is none.
  const divides =
    form.kind !== 'float32' && options.fusible !== true && (bands ?? rests ?? excess[0]) === undefined
  const regions = divides ? paddingRegions(largest, productsOf(largest)) : undefined
  return {
    ...{
      geometry,
      isPicked: picked !== undefined,
      whole,
      bands,
      input,
      isCopied,
      rests,
      regions,
      excess,
      inputBytes,
      partOf,
    },
    restsBytes: rests === undefined ? 0 : restsBytes(input, rests),
    productsOf: (part) => ({ ...productsOf(part), largestPanel, regions }),
  }
}

type Walks = Pick<TiledProducts, 'outer' | 'positions'>

/** Windows of one element: all positions are one row. */
function pointwiseWalks({ outputHeight, outputWidth, batches }: Conv2dGeometry, input: PaddedInput): Walks {
  const count = batches * outputHeight * outputWidth
  return { outer: [], positions: { count, stride: input.columnStride } }
}

function windowWalks(geometry: Conv2dGeometry, input: PaddedInput): Walks {
  const { batches, outputHeight, outputWidth, strideHeight, strideWidth } = geometry
  return {
    outer: [
      { count: batches, stride: batchStride(input) },
      { count: outputHeight, stride: strideHeight * rowStride(input) },
    ],
    positions: { count: outputWidth, stride: strideWidth * input.columnStride },
  }
}

function partWalks(
  { filterHeight, filterWidth, dilationHeight, dilationWidth, inputChannels }: Conv2dGeometry,
  input: PaddedInput,
  { elementsPerStep }: InnerLoop,
): { readonly parts: readonly Walk[]; readonly steps: number } {
  const rows = { count: filterHeight, stride: dilationHeight * rowStride(input) }
  if (dilationWidth === 1)
    return { parts: [rows], steps: Math.ceil((filterWidth * inputChannels) / elementsPerStep) }
  const columns = { count: filterWidth, stride: dilationWidth * input.columnStride }
  return { parts: [rows, columns], steps: Math.ceil(inputChannels / elementsPerStep) }
}
