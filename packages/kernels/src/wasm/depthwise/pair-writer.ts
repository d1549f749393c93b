import { constant, load, operation, select, store, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { interleave } from './interleave.ts'

/** What pairs of rows are made of. */
export interface PairWriterOptions {
  readonly inputHeight: number
  /** A multiple of 16. */
  readonly rowBytes: number
  /** Address of a row that stands for those outside the image. */
  readonly border: number
  /** Whether the upper bits are flipped, which makes bytes unsigned. */
  readonly flips: boolean
}

/** Two rows of an image. */
export interface RowPair {
  readonly image: Local<'i32'>
  /** The upper one; may lie outside the image. */
  readonly top: Local<'i32'>
}

/** Vectors of a row in a turn of the loop, at most. */
const largestTurn = 4

/** Returns what writes the code that interleaves two rows of an image to an address, `offset` bytes behind `target`. */
export function pairWriter(
  f: FunctionBuilder,
  { inputHeight, rowBytes, border, flips }: PairWriterOptions,
): (rows: RowPair, target: Local<'i32'>, offset: number) => void {
  const [upper, lower, to] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const [above, below, sign] = [f.local('v128'), f.local('v128'), f.local('v128')]
  if (flips) f.set(sign, vectorConstant(new Uint8Array(16).fill(0x80)))
  const vectors = rowBytes / 16
  const turn = [largestTurn, 2].find((count) => vectors % count === 0) ?? 1
  return ({ image, top }, target, offset) => {
    for (const [row, pointer] of [upper, lower].entries()) {
      const y = operation('i32.add', get(top), constant(row))
      const address = operation('i32.add', get(image), operation('i32.mul', y, constant(rowBytes)))
      f.set(pointer, select(address, constant(border), operation('i32.lt_u', y, constant(inputHeight))))
    }
    f.set(to, operation('i32.add', get(target), constant(offset)))
    f.repeat(vectors / turn, () => {
      for (let at = 0; at < turn; at++) {
        f.set(above, load('v128.load', get(upper), at * 16))
        f.set(below, load('v128.load', get(lower), at * 16))
        for (const [index, half] of (['low', 'high'] as const).entries()) {
          const pair = interleave(get(above), get(below), half, 1)
          const bytes = flips ? operation('v128.xor', pair, get(sign)) : pair
          f.emit(store('v128.store', get(to), bytes, at * 32 + index * 16))
        }
      }
      f.increase(upper, turn * 16)
      f.increase(lower, turn * 16)
      f.increase(to, turn * 32)
    })
  }
}
