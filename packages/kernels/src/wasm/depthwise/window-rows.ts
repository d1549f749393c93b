import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { constant, operation, select } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** Where the elements of a row of the window are: an address that moves along the row, and what to add to it. */
export interface RowPlace {
  readonly pointer: Local<'i32'>
  readonly offset: number
}

/** The rows of the input that the windows of a row of output positions look at. */
export interface WindowRows {
  /** Finds the rows, from `top` of the image at `image` on. */
  locate(image: Local<'i32'>, top: Local<'i32'>): void
  /** Moves to the start of the rows and from there by the bytes of some channels. */
  rewind(channelBytes: Local<'i32'>): void
  /** Moves along the rows. */
  advance(bytes: number): void
  at(row: number): RowPlace
}

/**
 * Pointers to rows of the input. Rows above and below the input are replaced by one row that holds the border, so that
 * windows need no case of their own there.
 *
 * @param border address of that row; without one, no window may leave the input.
 */
export function windowRows(
  f: FunctionBuilder,
  { inputHeight }: ConvolutionGeometry,
  rows: readonly number[],
  rowBytes: number,
  border: number | undefined,
): WindowRows {
  const apart = border === undefined ? rows.slice(0, 1) : rows
  const starts = apart.map(() => f.local('i32'))
  const pointers = apart.map(() => f.local('i32'))
  return {
    locate(image, top) {
      apart.forEach((row, index) => {
        const y = operation('i32.add', get(top), constant(row))
        const address = operation('i32.add', get(image), operation('i32.mul', y, constant(rowBytes)))
        f.set(
          starts[index]!,
          border === undefined
            ? address
            : select(address, constant(border), operation('i32.lt_u', y, constant(inputHeight))),
        )
      })
    },
    rewind: (channelBytes) =>
      pointers.forEach((pointer, index) =>
        f.set(pointer, operation('i32.add', get(starts[index]!), get(channelBytes))),
      ),
    advance: (bytes) => pointers.forEach((pointer) => f.increase(pointer, bytes)),
    at: (row) =>
      border === undefined
        ? { pointer: pointers[0]!, offset: (row - rows[0]!) * rowBytes }
        : { pointer: pointers[rows.indexOf(row)]!, offset: 0 },
  }
}

/** True when windows reach above or below the input. */
export function leavesRows(geometry: ConvolutionGeometry): boolean {
  const { inputHeight, outputHeight, strideHeight, filterHeight, dilationHeight, padTop } = geometry
  const end = (outputHeight - 1) * strideHeight + (filterHeight - 1) * dilationHeight - padTop
  return padTop > 0 || end >= inputHeight
}
