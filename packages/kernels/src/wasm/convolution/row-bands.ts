import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { constant, fillMemory, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { batchStride, borderByte, converter, rowStride, storedBytes, vectorAtATime } from './padded-input.ts'
import type { PaddedInput } from './padded-input.ts'
import { blockBytes, partsOf } from './position-blocks.ts'
import type { Parts } from './split.ts'

/**
 * A large image, copied and convolved some rows of output at a time: what was copied is still in the nearest cache when its
 * windows are read, and little memory is needed.
 */
export interface RowBands {
  /** Bands by their rows of output, the largest ones first. */
  readonly parts: readonly Parts[]
  /** Rows of input that a band has in common with the one before it. */
  readonly overlap: number
}

/** Bands of fewer rows would move too many of them on from band to band. */
const rowsOfOverlap = 4

/** @returns undefined where the image is small, or has windows so high that bands of it would overlap too much. */
export function rowBands(geometry: Conv2dGeometry, input: PaddedInput): RowBands | undefined {
  const { filterHeight, dilationHeight, strideHeight, outputHeight } = geometry
  if (batchStride(input) <= 2 * blockBytes) return undefined
  const overlap = Math.max(0, (filterHeight - 1) * dilationHeight + 1 - strideHeight)
  const most = Math.floor(blockBytes / (strideHeight * rowStride(input)))
  if (most === 0 || most * strideHeight < rowsOfOverlap * overlap) return undefined
  return { parts: partsOf(outputHeight, most, 1), overlap }
}

/** The convolution of one band: an image of its own, without padding above and below. */
export function bandGeometry(
  geometry: Conv2dGeometry,
  { overlap }: RowBands,
  outputHeight: number,
): Conv2dGeometry {
  const inputHeight = outputHeight * geometry.strideHeight + overlap
  return { ...geometry, batches: 1, outputHeight, inputHeight, padTop: 0 }
}

/**
 * Writes the code that brings band after band of an input to one place.
 *
 * @param input of the whole convolution.
 * @param emitBand writes the code for a band of some rows of output.
 */
export function emitRowBands(
  f: FunctionBuilder,
  geometry: Conv2dGeometry,
  input: PaddedInput,
  { parts, overlap }: RowBands,
  addresses: { readonly from: number; readonly to: number },
  emitBand: (rows: number) => void,
): void {
  const { batches, height, width, channels, top } = input
  const { strideHeight, outputHeight } = geometry
  const [stride, sourceStride] = [rowStride(input), width * channels * storedBytes[input.form.kind]]
  const variables = { source: f.local('i32'), target: f.local('i32'), row: f.local('i32') }
  const { source, row } = variables
  const copyRows = beginRows(f, input, variables)
  const move = beginMove(f)
  const most = parts[0]!.size * strideHeight + overlap
  // Borders at the sides stay as they are.
  f.emit(fillMemory(constant(addresses.to), constant(borderByte(input.form)), constant(most * stride)))
  f.set(source, constant(addresses.from))
  const copied = Math.min(height, outputHeight * strideHeight + overlap - top)
  f.repeat(batches, () => {
    f.set(row, constant(-top))
    copyRows(addresses.to, overlap)
    for (const { size, count } of parts) {
      f.repeat(count, () => {
        copyRows(addresses.to + overlap * stride, size * strideHeight)
        emitBand(size)
        move(addresses.to + size * strideHeight * stride, addresses.to, overlap * stride)
      })
    }
    f.increase(source, (height - copied) * sourceStride)
  })
}

interface Variables {
  readonly source: Local<'i32'>
  readonly target: Local<'i32'>
  /** Of the image, negative above it. */
  readonly row: Local<'i32'>
}

/** Copies the next rows of the image, or of the border above and below it. */
function beginRows(
  f: FunctionBuilder,
  input: PaddedInput,
  { source, target, row }: Variables,
): (to: number, count: number) => void {
  const { form, height, width, channels, left, columnStride } = input
  const convert = converter(f, form)
  return (to, count) => {
    f.set(target, constant(to + left * columnStride))
    f.repeat(count, () => {
      f.when(
        operation('i32.lt_u', get(row), constant(height)),
        () => {
          convert(source, target, width * channels)
          f.increase(source, width * channels * storedBytes[form.kind])
        },
        () => {
          f.emit(fillMemory(get(target), constant(borderByte(form)), constant(width * columnStride)))
        },
      )
      f.increase(row, 1)
      f.increase(target, rowStride(input))
    })
  }
}

/** Moves bytes to a lower address, a vector at a time, and some behind them. */
function beginMove(f: FunctionBuilder): (from: number, to: number, bytes: number) => void {
  const [source, target] = [f.local('i32'), f.local('i32')]
  const copy = vectorAtATime(f, 16, (address, offset) => load('v128.load', address, offset))
  return (from, to, bytes) => {
    if (bytes === 0) return
    f.set(source, constant(from))
    f.set(target, constant(to))
    copy(source, target, bytes)
  }
}
