import type { Conv2dGeometry } from '../../../ops/conv-2d/geometry.ts'
import { constant, store } from '../../assembler/expression.ts'
import { get } from '../../assembler/function-builder.ts'
import type { FunctionBuilder } from '../../assembler/function-builder.ts'
import { packParameters } from '../../epilogue/epilogue.ts'
import type { Epilogue } from '../../epilogue/epilogue.ts'
import { i16 } from '../../inner-loop.ts'
import type { GeneratedKernel, KernelAddresses } from '../../kernel.ts'
import type { Conv2dOptions } from '../conv-2d.ts'
import { batchStride, emitPaddedInput, paddedBytes, paddedInput, rowStride } from '../padded-input.ts'
import type { PaddedInput } from '../padded-input.ts'
import { splitEvenly } from '../split.ts'
import { packWeights } from '../pack-weights.ts'
import { fusiblePanel } from '../plan-conv-2d.ts'
import { emitTiledProducts } from '../tiled.ts'
import type { TiledProducts } from '../tiled-products.ts'
import { emitInputTransform } from './transform-input.ts'
import { emitOutputTransform } from './transform-output.ts'
import { transformWeights, transformedElements } from './transform-weights.ts'

/** What a 3×3 convolution by transforms is made of, besides what any is. */
export interface WinogradOptions extends Omit<Conv2dOptions, 'inner' | 'form' | 'filter'> {
  readonly form: { readonly kind: 'int16'; readonly signed: boolean; readonly zeroPoint: number }
  readonly filter: Int16Array
  /** What sums start with. */
  readonly bias: Int32Array
  /** Bounds of the magnitude of the sums of each channel, bias included. */
  readonly largestSums: Float64Array
}

const fewestChannels = 8
/** Transformed inputs and products of a block of tiles stay in the caches that are near. */
const blockBytes = 48 * 1024

/**
 * CONV_2D of 3×3 windows one apart, through F(2×2, 3×3) of Winograd (Lavin and Gray, 2015): 16 products for each four outputs
 * in place of 36. In integers, with weights four times too large, it is exact: the sum of products is a multiple of 4.
 *
 * @returns undefined where it does not apply, or would not be faster.
 */
export function winogradConv2dKernel(options: WinogradOptions): GeneratedKernel | undefined {
  const { geometry, form, filter, epilogue } = options
  if (!suits(geometry) || options.largestSums.some((sum) => sum * 4 >= 2 ** 31)) return undefined
  const plan = planBlocks(geometry, form)
  const products = elementProducts(options, plan.tileColumns * plan.blockRows)
  const { outputChannels, inputChannels } = geometry
  const transformed = transformWeights(filter, outputChannels, inputChannels)
  const weights = packElements(products, transformed, geometry)
  return {
    name: 'i16, Winograd',
    constants: [weights, startValues(options), epilogue.parameters],
    scratchBytes: plan.paddedBytes + plan.inputBytes + plan.productBytes + 64,
    emit: (f, addresses) => emitBlocks(f, options, plan, addresses),
  }
}

function suits(geometry: Conv2dGeometry): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, groups } =
    geometry
  const { batches, inputChannels, outputChannels, outputHeight, outputWidth } = geometry
  const window = [filterHeight, filterWidth].every((size) => size === 3)
  const steps = [strideHeight, strideWidth, dilationHeight, dilationWidth, groups].every((size) => size === 1)
  const large = Math.min(inputChannels, outputChannels) >= fewestChannels
  return window && steps && large && Math.min(outputHeight, outputWidth) >= 2 && batches > 0
}

interface BlockPlan {
  readonly input: PaddedInput
  readonly tileColumns: number
  /** Rows of tiles of the largest block. */
  readonly blockRows: number
  readonly blocks: ReturnType<typeof splitEvenly>
  readonly paddedBytes: number
  readonly inputBytes: number
  readonly productBytes: number
}

const tilesOf = (size: number): number => Math.ceil(size / 2)
const groupsOf = ({ inputChannels }: Conv2dGeometry): number => Math.ceil(inputChannels / 8)
const paddedChannels = ({ outputChannels }: Conv2dGeometry): number => Math.ceil(outputChannels / 4) * 4

function planBlocks(geometry: Conv2dGeometry, form: WinogradOptions['form']): BlockPlan {
  const { outputHeight, outputWidth } = geometry
  const [tileRows, tileColumns] = [tilesOf(outputHeight), tilesOf(outputWidth)]
  const even = { ...geometry, outputHeight: tileRows * 2, outputWidth: tileColumns * 2 }
  const input = paddedInput(even, form, groupsOf(geometry) * 16)
  const inputPerRow = tileColumns * groupsOf(geometry) * 16 * transformedElements
  const productsPerRow = tileColumns * paddedChannels(geometry) * 4 * transformedElements
  const most = Math.max(1, Math.floor(blockBytes / (inputPerRow + productsPerRow)))
  const blocks = splitEvenly(tileRows, most)
  const blockRows = blocks[0]!.size
  return {
    ...{ input, tileColumns, blockRows, blocks },
    paddedBytes: Math.ceil((paddedBytes(input) + 64) / 16) * 16,
    inputBytes: inputPerRow * blockRows + 64,
    productBytes: productsPerRow * blockRows,
  }
}

/** The products of one of the 16 elements: a matrix product of tiles and channels. */
function elementProducts({ geometry, fusible }: WinogradOptions, tiles: number): TiledProducts {
  return {
    inner: i16,
    epilogue: keepSums(paddedChannels(geometry)),
    outer: [],
    positions: { count: tiles, stride: groupsOf(geometry) * 16 },
    parts: [],
    steps: Math.ceil(geometry.inputChannels / 2),
    channels: paddedChannels(geometry),
    largestPanel: fusible === true ? fusiblePanel : 8,
  }
}

/** Stores sums as they are. */
function keepSums(channels: number): Epilogue {
  return {
    outputBytes: 4,
    vectorsPerQuad: 1,
    parameters: new Int32Array(channels),
    begin: (f) => (tile) =>
      tile.sums.forEach((quads, position) =>
        quads.forEach((sum, quad) => {
          const offset = tile.positionOffsets[position]! + quad * 16
          f.emit(store('v128.store', get(tile.output), get(sum), offset))
        }),
      ),
  }
}

function packElements(
  products: TiledProducts,
  transformed: Int16Array,
  geometry: Conv2dGeometry,
): Int16Array {
  const { outputChannels, inputChannels: count } = geometry
  const elements = Array.from({ length: transformedElements }, (_, element) =>
    packWeights(
      products,
      (length) => new Int16Array(length),
      transformed,
      (channel) =>
        channel < outputChannels
          ? { from: (element * outputChannels + channel) * count, count }
          : { from: 0, count: 0 },
    ),
  )
  const packed = new Int16Array(elements[0]!.length * transformedElements)
  elements.forEach((values, element) => packed.set(values, element * values.length))
  return packed
}

/** The element in row 1 and column 1 counts once in each of the four outputs. */
const biasElement = 5

function startValues({ geometry, bias }: WinogradOptions): Int32Array {
  const width = paddedChannels(geometry)
  const starts = new Int32Array(transformedElements * width)
  starts.set(packParameters([bias.map((value) => Math.imul(value, 4))]), biasElement * width)
  return starts
}

function emitBlocks(
  f: FunctionBuilder,
  options: WinogradOptions,
  plan: BlockPlan,
  { inputs, constants, output, scratch }: KernelAddresses,
): void {
  const { geometry, epilogue } = options
  const { input, blocks } = plan
  const [from = 0] = inputs
  emitPaddedInput(f, input, from, scratch)
  const [blockInput, blockOutput] = [f.local('i32'), f.local('i32')]
  f.set(blockInput, constant(scratch))
  f.set(blockOutput, constant(output))
  const finish = epilogue.begin(f)
  const outputRow = geometry.outputWidth * geometry.outputChannels * epilogue.outputBytes
  const emitBlock = (rows: number, height: number): void => {
    const inputTiles = scratch + plan.paddedBytes
    const productTiles = inputTiles + plan.inputBytes
    const tiles = rows * plan.tileColumns
    emitInputTransform(
      f,
      {
        ...{ rows, columns: plan.tileColumns, groups: groupsOf(geometry) },
        ...{ rowStride: rowStride(input), columnStride: input.columnStride },
      },
      get(blockInput),
      constant(inputTiles),
    )
    emitElements(f, elementProducts(options, tiles), inputTiles, productTiles, constants)
    const tileStride = paddedChannels(geometry) * 4
    emitOutputTransform(
      f,
      {
        ...{ height, width: geometry.outputWidth, channels: geometry.outputChannels, epilogue },
        ...{ tileStride, arrayStride: tiles * tileStride, rowStride: outputRow },
      },
      finish,
      { products: constant(productTiles), parameters: constant(constants[2]!), output: get(blockOutput) },
    )
    f.increase(blockInput, 2 * rows * rowStride(input))
    f.increase(blockOutput, height * outputRow)
  }
  f.repeat(geometry.batches, () => {
    walkBlocks(f, blocks, geometry.outputHeight, emitBlock)
    f.increase(blockInput, batchStride(input) - 2 * tilesOf(geometry.outputHeight) * rowStride(input))
  })
}

/** Blocks of one size in a loop; the last one on its own where its last row of tiles is but half. */
function walkBlocks(
  f: FunctionBuilder,
  blocks: BlockPlan['blocks'],
  outputHeight: number,
  emitBlock: (rows: number, height: number) => void,
): void {
  const half = outputHeight & 1
  blocks.forEach(({ size, count }, index) => {
    const last = index === blocks.length - 1 && half === 1
    f.repeat(last ? count - 1 : count, () => emitBlock(size, size * 2))
    if (last) emitBlock(size, size * 2 - 1)
  })
}

function emitElements(
  f: FunctionBuilder,
  products: TiledProducts,
  inputTiles: number,
  productTiles: number,
  [weights = 0, starts = 0]: readonly number[],
): void {
  const { positions, channels, steps } = products
  const [input, packed, start, output] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
  f.set(input, constant(inputTiles))
  f.set(packed, constant(weights))
  f.set(start, constant(starts))
  f.set(output, constant(productTiles))
  f.repeat(transformedElements, () => {
    const addresses = { input: get(input), weights: get(packed), parameters: get(start), output: get(output) }
    emitTiledProducts(f, products, addresses)
    f.increase(input, positions.count * positions.stride)
    f.increase(packed, channels * steps * 4)
    f.increase(start, channels * 4)
    f.increase(output, positions.count * channels * 4)
  })
}
