import { constant, operation, select } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Registers } from './registers.ts'

/** Where the elements of a row are: an address that moves along the row, and what to add to it. */
export interface RowPlace {
  readonly pointer: Local<'i32'>
  readonly offset: number
}

/** The rows of the input that the windows of a row of tiles look at. */
export interface WindowRows {
  readonly pointers: readonly Local<'i32'>[]
  /** Finds the rows, counted from row `top` of the image at an address. */
  locate(image: Local<'i32'>, top: Local<'i32'>): void
  /** Moves all pointers to some bytes behind the start of their rows. */
  rewind(offset: Local<'i32'>): void
  advance(bytes: number): void
  at(row: number): RowPlace
}

/** Rows of an input in memory. */
export interface InputRows {
  readonly inputHeight: number
  readonly rowBytes: number
  /** Address of a row that stands for those above and below the input; without it, no window leaves the input there. */
  readonly border: number | undefined
}

/**
 * Pointers to rows of the input. As rows outside the input are replaced by one that holds the border, windows that leave the
 * input above or below need no code of their own.
 *
 * @param rows those that windows look at, ascending from 0.
 */
export function windowRows(
  f: FunctionBuilder,
  { pointer }: Registers,
  { inputHeight, rowBytes, border }: InputRows,
  rows: readonly number[],
): WindowRows {
  // Without a border all rows are where the first one tells.
  const located = border === undefined ? rows.slice(0, 1) : rows
  const starts = located.map((_, index) => pointer(`row start ${index}`))
  const pointers = located.map((_, index) => pointer(`row ${index}`))
  return {
    pointers,
    locate(image, top) {
      located.forEach((row, index) => {
        const y = operation('i32.add', get(top), constant(row))
        const address = operation('i32.add', get(image), operation('i32.mul', y, constant(rowBytes)))
        const isInside = operation('i32.lt_u', y, constant(inputHeight))
        const start = border === undefined ? address : select(address, constant(border), isInside)
        f.set(starts[index]!, start)
      })
    },
    rewind: (offset) =>
      pointers.forEach((pointer, index) =>
        f.set(pointer, operation('i32.add', get(starts[index]!), get(offset))),
      ),
    advance: (bytes) => pointers.forEach((pointer) => f.increase(pointer, bytes)),
    at: (row) =>
      border === undefined
        ? { pointer: pointers[0]!, offset: row * rowBytes }
        : { pointer: pointers[rows.indexOf(row)]!, offset: 0 },
  }
}
