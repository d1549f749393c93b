import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get, tee } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Epilogue, Tile } from '../epilogue/epilogue.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { ElementLoader } from './element-loader.ts'
import { tileRuns } from './row-tiles.ts'
import type { TileRun } from './row-tiles.ts'
import { tapGroups } from './tap-groups.ts'
import type { Tap, TapGroup } from './tap-groups.ts'
import type { TapVector, TapWeights } from './tap-weights.ts'
import { windowRows } from './window-rows.ts'
import type { WindowRows } from './window-rows.ts'

/** Vectors of weights that stay in registers beside the sums. */
const weightRegisters = 9
export const tilePositions = 4

/** What the code of all rows shares. */
export interface RowsCode {
  readonly geometry: DepthwiseConv2dGeometry
  readonly inner: InnerLoop
  readonly loader: ElementLoader
  readonly epilogue: Epilogue
  readonly finish: (tile: Tile) => void
  readonly weights: TapWeights
  readonly order: 'rows' | 'columns'
}

/** Addresses to start from, in bytes. */
export interface RowsAddresses {
  readonly input: number
  readonly output: number
  readonly weights: number
  readonly parameters: number
  /** Of a row that holds the border. */
  readonly border: number | undefined
}

/** Output rows that are computed together. */
export function rowsTogether(geometry: DepthwiseConv2dGeometry, size: number): 1 | 2 {
  const { filterHeight, strideHeight, dilationHeight, outputHeight } = geometry
  const shares = strideHeight === 1 && dilationHeight === 1 && filterHeight > 1 && filterHeight % size !== 0
  return size > 1 && shares && outputHeight > 1 ? 2 : 1
}

export function emitRows(f: FunctionBuilder, code: RowsCode, addresses: RowsAddresses): void {
  const { geometry, epilogue, loader } = code
  const { batches, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, outputChannels } =
    geometry
  const together = rowsTogether(geometry, code.inner.elementsPerStep)
  const rowBytes = inputWidth * inputChannels * loader.elementBytes
  const outputRowBytes = outputWidth * outputChannels * epilogue.outputBytes
  const image = f.local('i32')
  const top = f.local('i32')
  const output = f.local('i32')
  f.set(image, constant(addresses.input))
  f.set(output, constant(addresses.output))
  f.repeat(batches, () => {
    f.set(top, constant(-geometry.padTop))
    const block = (rows: 1 | 2, count: number): void => {
      f.repeat(count, () => {
        emitBlock(f, code, addresses, rows, { image, top, output })
        f.increase(top, rows * geometry.strideHeight)
        f.increase(output, rows * outputRowBytes)
      })
    }
    block(together, Math.floor(outputHeight / together))
    if (outputHeight % together > 0) block(1, 1)
    f.increase(image, inputHeight * rowBytes)
  })
}

interface BlockPointers {
  readonly image: Local<'i32'>
  readonly top: Local<'i32'>
  readonly output: Local<'i32'>
}

function emitBlock(
  f: FunctionBuilder,
  code: RowsCode,
  addresses: RowsAddresses,
  rows: 1 | 2,
  { image, top, output }: BlockPointers,
): void {
  const { geometry, epilogue, loader } = code
  const { filterHeight, dilationHeight, inputWidth, inputChannels, outputChannels } = geometry
  const sourceRows = Array.from({ length: filterHeight + rows - 1 }, (_, row) => row * dilationHeight)
  const rowBytes = inputWidth * inputChannels * loader.elementBytes
  const window = windowRows(f, geometry, sourceRows, rowBytes, addresses.border)
  window.locate(image, top)
  const pointers = {
    channel: f.local('i32'),
    firstOutput: f.local('i32'),
    output: f.local('i32'),
    weights: f.local('i32'),
    parameters: f.local('i32'),
  }
  f.set(pointers.channel, constant(0))
  f.set(pointers.firstOutput, get(output))
  f.set(pointers.weights, constant(addresses.weights))
  f.set(pointers.parameters, constant(addresses.parameters))
  const quad = (channels: number): void => {
    window.rewind(pointers.channel)
    f.set(pointers.output, get(pointers.firstOutput))
    emitRow(f, code, rows, window, pointers, channels)
    f.increase(pointers.channel, 4 * loader.elementBytes)
    f.increase(pointers.firstOutput, 4 * epilogue.outputBytes)
    f.increase(pointers.weights, code.weights.vectors.length * 16)
    f.increase(pointers.parameters, epilogue.vectorsPerQuad * 16)
  }
  f.repeat(outputChannels >> 2, () => quad(4))
  if ((outputChannels & 3) !== 0) quad(outputChannels & 3)
}

interface Pointers {
  readonly output: Local<'i32'>
  readonly weights: Local<'i32'>
  readonly parameters: Local<'i32'>
}

function emitRow(
  f: FunctionBuilder,
  code: RowsCode,
  rows: 1 | 2,
  window: WindowRows,
  pointers: Pointers,
  channels: number,
): void {
  const { geometry, epilogue, loader, inner } = code
  const { outputWidth, outputChannels, strideWidth, inputChannels } = geometry
  const positionStride = outputChannels * epilogue.outputBytes
  const sums = Array.from({ length: rows }, () =>
    Array.from({ length: tilePositions }, () => f.local('v128')),
  )
  const second = f.local('i32')
  const weightAt = weightReader(f, code.weights, pointers.weights)
  const columnBytes = inputChannels * loader.elementBytes
  const runs = tileRuns(geometry, tilePositions)
  runs.forEach((run, index) => {
    const groups = tapGroups(geometry, { rows, columns: run.size }, inner.elementsPerStep, code.order)
    const next = runs[index + 1]
    const advance =
      run.count > 1 ? run.size * strideWidth : next && Math.max(0, next.from) - Math.max(0, run.from)
    f.repeat(run.count, () => {
      const tile = sums.map((row) => row.slice(0, run.size))
      tile
        .flat()
        .forEach((sum, at) =>
          f.set(sum, at === 0 ? load('v128.load', get(pointers.parameters)) : get(tile[0]![0]!)),
        )
      emitTaps(f, code, groups, window, run, columnBytes, tile, weightAt())
      tile.forEach((row, at) => {
        if (at > 0)
          f.set(second, operation('i32.add', get(pointers.output), constant(outputWidth * positionStride)))
        const to = at === 0 ? pointers.output : second
        code.finish({
          sums: row.map((sum) => [sum]),
          parameters: pointers.parameters,
          output: to,
          positionStride,
          channels,
        })
      })
      window.advance((advance ?? 0) * columnBytes)
      f.increase(pointers.output, run.size * positionStride)
    })
  })
}

type WeightAt = (taps: TapVector) => Expression<'v128'>

/** Vectors of weights: all in registers where they are few, otherwise loaded once for each tile. */
function weightReader(f: FunctionBuilder, weights: TapWeights, pointer: Local<'i32'>): () => WeightAt {
  const locals = weights.vectors.map(() => f.local('v128'))
  const read = (index: number) => load('v128.load', get(pointer), index * 16)
  if (locals.length <= weightRegisters) {
    locals.forEach((local, index) => f.set(local, read(index)))
    return () => (taps) => get(locals[weights.indexOf(taps)]!)
  }
  return () => {
    const loaded = new Set<number>()
    return (taps) => {
      const index = weights.indexOf(taps)
      if (loaded.has(index)) return get(locals[index]!)
      loaded.add(index)
      return tee(locals[index]!, read(index))
    }
  }
}

function emitTaps(
  f: FunctionBuilder,
  { inner, loader, geometry }: RowsCode,
  groups: readonly TapGroup[],
  window: WindowRows,
  run: TileRun,
  columnBytes: number,
  sums: readonly (readonly Local<'v128'>[])[],
  weightAt: WeightAt,
): void {
  const vector = f.local('v128')
  const pointerColumn = Math.max(0, run.from)
  const isOutside = ({ column }: Tap): boolean =>
    run.from + column < 0 || run.from + column >= geometry.inputWidth
  const element = (source: Tap): Expression<'v128'> | undefined => {
    if (isOutside(source)) return loader.outside
    const { pointer, offset } = window.at(source.row)
    return loader.load(get(pointer), offset + (run.from + source.column - pointerColumn) * columnBytes)
  }
  for (const { sources, uses } of groups) {
    const filled = sources.find((source) => source !== undefined)!
    const elements = sources.map((source) => element(source ?? filled))
    if (elements.some((each) => each === undefined)) continue
    f.set(vector, loader.combine(elements as readonly Expression<'v128'>[]))
    for (const { row, column, weights } of uses) {
      const sum = sums[row]![column]!
      f.set(sum, inner.accumulate(get(sum), get(vector), weightAt(weights)))
    }
  }
}
