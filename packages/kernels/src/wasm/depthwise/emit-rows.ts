import { constant, load } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { spreadBytes } from './channel-spread.ts'
import type { DepthwiseAddresses, DepthwiseCode } from './depthwise-code.ts'
import { emitTiles } from './emit-tiles.ts'
import { partOrigins } from './window-parts.ts'
import { windowRows } from './window-rows.ts'

/** Writes the code for all images: their rows of tiles from top to bottom, panels of channels within each row. */
export function emitRows(f: FunctionBuilder, code: DepthwiseCode, addresses: DepthwiseAddresses): void {
  const { geometry, epilogue, tile, elementBytes } = code
  const { batches, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, outputChannels } =
    geometry
  const pointers = { image: f.local('i32'), top: f.local('i32'), output: f.local('i32') }
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
        emitPanels(f, code, addresses, rows, pointers)
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

function emitPanels(
  f: FunctionBuilder,
  code: DepthwiseCode,
  addresses: DepthwiseAddresses,
  rows: number,
  { image, top, output }: RowPointers,
): void {
  const { geometry, epilogue, elementBytes, weights } = code
  const { inputHeight, inputWidth, inputChannels } = geometry
  const rowBytes = inputWidth * inputChannels * elementBytes
  const { border } = addresses
  const window = windowRows(f, { inputHeight, rowBytes, border }, rowsOf(code, rows))
  window.locate(image, top)
  const channel = f.local('i32')
  const spread = f.local('i32')
  const panelOutput = f.local('i32')
  const pointers = { output: f.local('i32'), weights: f.local('i32'), parameters: f.local('i32') }
  f.set(channel, constant(code.firstChannel * elementBytes))
  f.set(spread, constant(addresses.spread))
  f.set(panelOutput, get(output))
  f.set(pointers.weights, constant(addresses.weights))
  f.set(pointers.parameters, constant(addresses.parameters))
  const panelTaps = weights.vectors.length * partOrigins(code.parts).length
  for (const { size, count, channels } of code.panels) {
    f.repeat(count, () => {
      if (code.spread !== undefined) {
        f.set(channel, load('i32.load', get(spread)))
        f.set(code.spread, load('v128.load', get(spread), 16))
        f.increase(spread, spreadBytes)
      }
      window.rewind(channel)
      f.set(pointers.output, get(panelOutput))
      emitTiles(f, code, { rows, channels, window, pointers })
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
