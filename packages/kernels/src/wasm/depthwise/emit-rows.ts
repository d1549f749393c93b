import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { spreadBytes } from './channel-spread.ts'
import type { DepthwiseAddresses, DepthwiseCode } from './depthwise-code.ts'
import { emitTiles } from './emit-tiles.ts'
import type { TileRow } from './emit-tiles.ts'
import { columnBlocks, columnSteps, tileRuns } from './row-tiles.ts'
import { partOrigins } from './window-parts.ts'
import { windowRows } from './window-rows.ts'

/** Writes the code for all images: rows of tiles from top to bottom, blocks of columns in them, panels of channels in these. */
export function emitRows(f: FunctionBuilder, code: DepthwiseCode, addresses: DepthwiseAddresses): void {
  const { geometry, epilogue, tile, elementBytes } = code
  const { batches, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, outputChannels } =
    geometry
  const { pointer } = code.registers
  const pointers = { image: pointer('image'), top: pointer('top'), output: pointer('row output') }
  f.set(pointers.image, constant(addresses.input))
  f.set(pointers.output, constant(addresses.output))
  const rest = outputHeight % tile.rows
  f.repeat(batches, () => {
    f.set(pointers.top, constant(-geometry.padTop))
    for (const { rows, count } of [
      { rows: tile.rows, count: Math.floor(outputHeight / tile.rows) },
      { rows: rest, count: Math.sign(rest) },
    ]) {
      f.repeat(count, () => {
        emitBlocks(f, code, addresses, rows, pointers)
        f.increase(pointers.top, rows * geometry.strideHeight)
        f.increase(pointers.output, rows * outputWidth * outputChannels * epilogue.outputBytes)
      })
    }
    f.increase(pointers.image, inputHeight * inputWidth * inputChannels * elementBytes)
  })
}

interface RowPointers {
  readonly image: Local<'i32'>
  /** Row of the input where the first window starts, negative above the input. */
  readonly top: Local<'i32'>
  readonly output: Local<'i32'>
}

function emitBlocks(
  f: FunctionBuilder,
  code: DepthwiseCode,
  addresses: DepthwiseAddresses,
  rows: number,
  { image, top, output }: RowPointers,
): void {
  const { geometry, epilogue, registers, elementBytes } = code
  const { inputHeight, inputWidth, inputChannels, outputChannels } = geometry
  const columnBytes = inputChannels * elementBytes
  const { border } = addresses
  const windowRow = rowsOf(code, rows)
  const input = { inputHeight, rowBytes: inputWidth * columnBytes, border }
  const window = windowRows(f, registers, input, windowRow)
  window.locate(image, top)
  const [column, blockOutput] = [registers.pointer('column'), registers.pointer('block output')]
  const first = code.spread === undefined ? code.firstChannel * elementBytes : 0
  f.set(column, constant(first))
  f.set(blockOutput, get(output))
  const blocks = columnBlocks(tileRuns(geometry, code.tile.columns), windowRow.length * columnBytes)
  const steps = columnSteps(blocks)
  blocks.forEach(({ runs, count, size }, index) => {
    f.repeat(count, () => {
      emitPanels(f, code, addresses, { rows, runs, window }, { column, output: blockOutput })
      f.increase(column, steps[index]! * columnBytes)
      f.increase(blockOutput, size * outputChannels * epilogue.outputBytes)
    })
  })
}

function emitPanels(
  f: FunctionBuilder,
  code: DepthwiseCode,
  addresses: DepthwiseAddresses,
  row: Pick<TileRow, 'rows' | 'runs' | 'window'>,
  start: { readonly column: Local<'i32'>; readonly output: Local<'i32'> },
): void {
  const { epilogue, elementBytes, registers } = code
  const { pointer } = registers
  const [channel, table, panelOutput] = [pointer('channel'), pointer('table'), pointer('panel output')]
  const pointers = {
    output: pointer('output'),
    weights: pointer('weights'),
    parameters: pointer('parameters'),
  }
  f.set(channel, get(start.column))
  f.set(table, constant(addresses.spread))
  f.set(panelOutput, get(start.output))
  f.set(pointers.weights, constant(addresses.weights))
  f.set(pointers.parameters, constant(addresses.parameters))
  const panelTaps = code.weights.vectors.length * partOrigins(code.parts).length
  for (const { size, count, channels } of code.panels) {
    f.repeat(count, () => {
      if (code.spread !== undefined) {
        f.set(channel, operation('i32.add', get(start.column), load('i32.load', get(table))))
        f.set(code.spread, load('v128.load', get(table), 16))
        f.increase(table, spreadBytes)
      }
      row.window.rewind(channel)
      f.set(pointers.output, get(panelOutput))
      emitTiles(f, code, { ...row, channels, pointers })
      if (code.spread === undefined) f.increase(channel, size * elementBytes)
      f.increase(panelOutput, size * epilogue.outputBytes)
      f.increase(pointers.weights, panelTaps * size * 4)
      f.increase(pointers.parameters, (size / 4) * epilogue.vectorsPerQuad * 16)
    })
  }
}

/** Rows of the input that the windows of some output rows look at, from the first one on. */
function rowsOf({ parts, geometry }: DepthwiseCode, outputRows: number): readonly number[] {
  const rows = Array.from({ length: outputRows }, (_, output) =>
    Array.from(
      { length: parts.window.filterHeight },
      (_, row) => output * geometry.strideHeight + row * geometry.dilationHeight,
    ),
  )
  return [...new Set(rows.flat())].sort((a, b) => a - b)
}
