import { constant } from '../assembler/expression.ts'
import { isPointwise } from '../../shared/patches.ts'
import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import { startsOf, sumsBytes, throughMemory } from '../epilogue/through-memory.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import {
  batchStride,
  emitPaddedInput,
  needsNoCopy,
  paddedBytes,
  paddedInput,
  preparedBytes,
  rowStride,
} from './padded-input.ts'
import type { InputForm, PaddedInput } from './padded-input.ts'
import { packWeights } from './pack-weights.ts'
import type { PartWeights, Weights } from './pack-weights.ts'
import { emitRowRests, restsBytes, restsLast, restsOffsets, restsWeights, rowRests } from './row-rests.ts'
import type { RowRests } from './row-rests.ts'
import { emitTiledProducts } from './tiled.ts'
import type { TiledProducts, Walk } from './tiled-products.ts'

/** What a generated CONV_2D is made of. */
export interface Conv2dOptions {
  readonly geometry: Conv2dGeometry
  readonly form: InputForm
  readonly inner: InnerLoop
  readonly epilogue: Epilogue
  /** `[outputChannels, height, width, inputChannels]`, zero points subtracted. */
  readonly filter: Weights
  /** Whether sums go through memory, so that V8 can fuse vectors. */
  readonly fusible?: boolean
}

/** Channels of a panel whose vectors are fused in pairs. */
export const fusiblePanel = 16

/**
 * CONV_2D without an intermediate matrix: windows are read where they lie in a padded copy of the input. A row of the
 * window is one sequence of steps, unless it is dilated. Groups are left to the reference.
 *
 * @returns undefined for what it does not compute.
 */
export function conv2dKernel(options: Conv2dOptions): GeneratedKernel | undefined {
  const { geometry, form, inner, epilogue } = options
  const { outputHeight, outputWidth, batches, groups } = geometry
  if (groups !== 1 || batches * outputHeight * outputWidth * geometry.outputChannels === 0) return undefined
  const input = paddedInput(geometry, form)
  const rests = rowRests(geometry, input, inner)
  const inPlace = needsNoCopy(input)
  const inputScratch = inPlace ? 0 : Math.ceil((paddedBytes(input) + 64) / 16) * 16
  const restsScratch = rests === undefined ? 0 : restsBytes(input, rests)
  const products: TiledProducts = {
    ...(isPointwise(geometry, groups) ? pointwiseWalks(geometry, input) : windowWalks(geometry, input)),
    ...{ inner, epilogue, channels: geometry.outputChannels },
    ...partWalks(geometry, input, inner),
    ...(rests === undefined ? {} : sharedSteps(input, rests, inputScratch)),
    ...(options.fusible === true ? { largestPanel: fusiblePanel } : {}),
  }
  const weights =
    rests === undefined
      ? packWeights(products, packedArray(options), options.filter, partWeights(options))
      : packWeights(products, packedArray(options), restsLast(options.filter, rests), restsWeights(rests))
  return {
    name: inner.name,
    constants: [weights, epilogue.parameters, ...(options.fusible === true ? [startsOf(epilogue)] : [])],
    scratchBytes: inputScratch + restsScratch + (options.fusible === true ? sumsBytes : 0),
    // No signature: with its addresses in registers this code is slower by more than writing it once saves.
    emit(f, { inputs, output, constants, scratch }) {
      const [from = 0] = inputs
      const [packed = 0, parameters = 0, starts] = constants
      if (!inPlace) emitPaddedInput(f, input, from, scratch)
      if (rests !== undefined) emitRowRests(f, geometry, input, rests, scratch, scratch + inputScratch)
      const addresses = {
        input: constant(inPlace ? from : scratch),
        weights: constant(packed),
        parameters: constant(starts ?? parameters),
        output: constant(output),
      }
      if (starts === undefined) {
        emitTiledProducts(f, products, addresses)
        return
      }
      const through = throughMemory(epilogue, {
        starts,
        parameters,
        sums: scratch + inputScratch + restsScratch,
      })
      emitTiledProducts(f, { ...products, epilogue: through }, addresses)
    },
  }
}

/** Rows of whole steps, and steps of their rests, which stand beside the input. */
function sharedSteps(
  input: PaddedInput,
  rests: RowRests,
  distance: number,
): Pick<TiledProducts, 'steps' | 'furtherSteps'> {
  return { steps: rests.steps, furtherSteps: restsOffsets(input, rests).map((offset) => distance + offset) }
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

/** Where a row of the window, or one of its columns, stands in the filter. */
function partWeights({ geometry }: Conv2dOptions): (channel: number, part: number) => PartWeights {
  const { filterHeight, filterWidth, inputChannels, dilationWidth } = geometry
  const count = dilationWidth === 1 ? filterWidth * inputChannels : inputChannels
  const channelLength = filterHeight * filterWidth * inputChannels
  return (channel, part) => ({ from: channel * channelLength + part * count, count })
}

function packedArray({ form }: Conv2dOptions): (length: number) => Weights {
  const bytes = preparedBytes[form.kind]
  return (length) =>
    bytes === 4 ? new Float32Array(length) : bytes === 2 ? new Int16Array(length) : new Int8Array(length)
}
