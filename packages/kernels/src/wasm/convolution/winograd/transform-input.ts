import { load, operation, store } from '../../assembler/expression.ts'
import type { Expression } from '../../assembler/expression.ts'
import { get } from '../../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../../assembler/function-builder.ts'

/** Tiles of inputs to transform: four rows of four columns of int16 each, two apart. */
export interface InputTiles {
  readonly rows: number
  readonly columns: number
  /** Vectors of eight channels. */
  readonly groups: number
  /** Bytes between rows and columns of the input. */
  readonly rowStride: number
  readonly columnStride: number
}

/** What a row of Bᵀ adds up: `Bᵀ = [1 0 -1 0; 0 1 1 0; 0 -1 1 0; 0 1 0 -1]`. */
const combinations = [
  { first: 0, second: 2, instruction: 'i16x8.sub' },
  { first: 1, second: 2, instruction: 'i16x8.add' },
  { first: 2, second: 1, instruction: 'i16x8.sub' },
  { first: 1, second: 3, instruction: 'i16x8.sub' },
] as const

/**
 * Writes the code that transforms tiles, `Bᵀ · d · B`: magnitudes grow at most fourfold. The result is one array for each of
 * the 16 elements, `[tiles, channels]`.
 *
 * @param from address of the first tile; unchanged.
 * @param to address of the first array; the others follow at once.
 */
export function emitInputTransform(
  f: FunctionBuilder,
  tiles: InputTiles,
  from: Expression<'i32'>,
  to: Expression<'i32'>,
): void {
  const { rows, columns, groups, rowStride, columnStride } = tiles
  const [source, target] = [f.local('i32'), f.local('i32')]
  const halves = Array.from({ length: 4 }, () => f.local('v128'))
  f.set(source, from)
  f.set(target, to)
  f.repeat(rows, () => {
    f.repeat(columns, () => {
      f.repeat(groups, () => {
        emitTile(f, tiles, source, target, halves)
        f.increase(source, 16)
        f.increase(target, 16)
      })
      f.increase(source, 2 * columnStride - groups * 16)
    })
    f.increase(source, 2 * rowStride - columns * 2 * columnStride)
  })
}

/** A row of the result at a time: its inputs are loaded again, which costs less than keeping all of them. */
function emitTile(
  f: FunctionBuilder,
  { rows, columns, groups, rowStride, columnStride }: InputTiles,
  source: Local<'i32'>,
  target: Local<'i32'>,
  halves: readonly Local<'v128'>[],
): void {
  const arrayBytes = rows * columns * groups * 16
  combinations.forEach((vertical, row) => {
    halves.forEach((half, column) => {
      const at = (inputRow: number) =>
        load('v128.load', get(source), inputRow * rowStride + column * columnStride)
      f.set(half, operation(vertical.instruction, at(vertical.first), at(vertical.second)))
    })
    combinations.forEach(({ first, second, instruction }, column) => {
      const value = operation(instruction, get(halves[first]!), get(halves[second]!))
      f.emit(store('v128.store', get(target), value, (row * 4 + column) * arrayBytes))
    })
  })
}
