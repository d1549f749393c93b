import type { Shape } from '@quantrx/core'
import type { BilinearPositions, Positions } from '../../ops/resize-bilinear/interpolate.ts'
import { imageShape } from '../../shared/image-shape.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import type { BilinearMix } from './mix.ts'

/** Bytes of an entry of a table: where the lower and the upper pixel lie, and how far the output is from the lower. */
const entryBytes = 12

/**
 * RESIZE_BILINEAR with tables of rows and columns, four or eight channels at a time, equal to the reference bit for bit.
 *
 * @param shape Of the input, `[batch, height, width, channels]`.
 * @throws ShapeError when the shape is not that of images.
 */
export function bilinearKernel(
  shape: Shape,
  { rows, columns }: BilinearPositions,
  mix: BilinearMix,
  share?: Share,
): GeneratedKernel {
  const { batch, height, width, channels } = imageShape('RESIZE_BILINEAR', shape)
  const pixelBytes = channels * mix.elementBytes
  const { from, to } = spanOf(rows.lower.length, share)
  const outputRow = columns.lower.length * pixelBytes
  return {
    name: mix.name,
    constants: [
      table(rows, width * pixelBytes, mix.bitsOfRow, from, to),
      table(columns, pixelBytes, mix.bitsOfColumn, 0, columns.lower.length),
    ],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output, constants: [rowTable = 0, columnTable = 0] }) {
      const [image, target] = [f.local('i32'), f.local('i32')]
      const pixel = emitPixel(f, mix, channels, target)
      f.set(image, constant(input))
      f.set(target, constant(output + from * outputRow))
      f.repeat(batch, () => {
        forEachEntry(f, rowTable, to - from, image, (top, bottom, y) =>
          forEachEntry(f, columnTable, columns.lower.length, undefined, (left, right, x) =>
            pixel([top, bottom], [left, right], y, x),
          ),
        )
        f.increase(image, height * width * pixelBytes)
        f.increase(target, (rows.lower.length - (to - from)) * outputRow)
      })
    },
  }
}

/** The positions of a dimension in memory; without any, one entry that nothing reads. */
function table(
  { lower, upper, fraction }: Positions,
  step: number,
  bitsOf: BilinearMix['bitsOfRow'],
  from: number,
  to: number,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(Math.max(1, to - from) * entryBytes))
  for (let at = from; at < to; at++) {
    const entry = (at - from) * entryBytes
    view.setInt32(entry, lower[at]! * step, true)
    view.setInt32(entry + 4, upper[at]! * step, true)
    view.setInt32(entry + 8, bitsOf(fraction[at]!), true)
  }
  return new Uint8Array(view.buffer)
}

type Pair = readonly [lower: Local<'i32'>, upper: Local<'i32'>]

/** Walks a table; positions are moved by `base` where there is one. */
function forEachEntry(
  f: FunctionBuilder,
  address: number,
  count: number,
  base: Local<'i32'> | undefined,
  body: (lower: Local<'i32'>, upper: Local<'i32'>, distance: Local<'v128'>) => void,
): void {
  const [entry, lower, upper] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const distance = f.local('v128')
  const position = (offset: number) => {
    const stored = load('i32.load', get(entry), offset)
    return base === undefined ? stored : operation('i32.add', get(base), stored)
  }
  f.set(entry, constant(address))
  f.repeat(count, () => {
    f.set(lower, position(0))
    f.set(upper, position(4))
    f.set(distance, load('v128.load32_splat', get(entry), 8))
    body(lower, upper, distance)
    f.increase(entry, entryBytes)
  })
}

/** What writes one output pixel and moves the target behind it. */
function emitPixel(f: FunctionBuilder, mix: BilinearMix, channels: number, target: Local<'i32'>) {
  const { lanes } = mix
  const mixed = mix.begin(f)
  const corners = [0, 1, 2, 3].map(() => ({ address: f.local('i32'), values: f.local('v128') }))
  const result = f.local('v128')
  const vectors = corners.map(({ values }) => values)
  return (rows: Pair, columns: Pair, y: Local<'v128'>, x: Local<'v128'>): void => {
    corners.forEach(({ address }, at) => {
      const [row, column] = [rows[at >> 1]!, columns[at & 1]!]
      f.set(address, operation('i32.add', get(row), get(column)))
    })
    const block = (count: number): void => {
      for (const { address, values } of corners) f.set(values, mix.load(get(address)))
      f.set(result, mixed(vectors, get(y), get(x)))
      storeBytes(f, result, 0, count * mix.elementBytes, get(target), 0)
      f.increase(target, count * mix.elementBytes)
    }
    f.repeat(Math.floor(channels / lanes), () => {
      block(lanes)
      for (const { address } of corners) f.increase(address, lanes * mix.elementBytes)
    })
    if (channels % lanes > 0) block(channels % lanes)
  }
}
