import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Expression } from '../assembler/expression.ts'

/** Input elements of one channel that become one output element: rows and columns of positions, strides in bytes. */
export interface Window {
  readonly rows: number
  readonly columns: number
  readonly rowStride: number
  readonly columnStride: number
}

/** Visits an element of a window, at an address and an offset from it. */
export type EmitTap = (address: Expression<'i32'>, offset: number) => void

const unrolledTaps = 16
const tapsPerTurn = 8

/** Writes the code that visits all elements of a window row by row; `from` is the address of the first one and stays. */
export function forEachTap(f: FunctionBuilder, window: Window, from: Local<'i32'>, tap: EmitTap): void {
  const { rows, columns, rowStride, columnStride } = flattened(window)
  if (rows * columns <= unrolledTaps) {
    for (let at = 0; at < rows * columns; at++) {
      tap(get(from), Math.floor(at / columns) * rowStride + (at % columns) * columnStride)
    }
    return
  }
  const together = columns <= unrolledTaps ? columns : tapsPerTurn
  const turns = Math.floor(columns / together)
  const at = f.local('i32')
  const taps = (count: number): void => {
    for (let column = 0; column < count; column++) tap(get(at), column * columnStride)
  }
  f.set(at, get(from))
  f.repeat(rows, () => {
    f.repeat(turns, () => {
      taps(together)
      f.increase(at, together * columnStride)
    })
    taps(columns % together)
    f.increase(at, rowStride - turns * together * columnStride)
  })
}

/** Rows that follow each other without a gap are one long row. */
function flattened(window: Window): Window {
  const { rows, columns, rowStride, columnStride } = window
  return rowStride === columns * columnStride ? { ...window, rows: 1, columns: rows * columns } : window
}
