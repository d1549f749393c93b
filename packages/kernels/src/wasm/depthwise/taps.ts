import { load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** A position in the window of a depthwise convolution. */
export interface Tap {
  readonly row: number
  readonly column: number
}

/** Bytes between the rows and columns of the input that a window looks at, and between the columns of positions. */
export interface TapStrides {
  readonly row: number
  readonly column: number
  readonly position: number
}

/** How the products of four channels are summed over a window. */
export interface DepthwiseLoop {
  readonly name: string
  /** Taps of each vector of weights, in the order of summation; `undefined` stands for weights of 0. */
  readonly vectors: readonly (readonly (Tap | undefined)[])[]
  /** Adds all products of a tile to its sums. */
  emit(
    f: FunctionBuilder,
    sums: readonly Local<'v128'>[],
    from: Local<'i32'>,
    strides: TapStrides,
    weights: (vector: number) => Expression<'v128'>,
  ): void
}

/** Float32: one vector of weights for each tap, in the order given. */
export function float32Taps(taps: readonly Tap[]): DepthwiseLoop {
  return {
    name: 'float32',
    vectors: taps.map((tap) => [tap]),
    emit(f, sums, from, strides, weights) {
      taps.forEach(({ row, column }, vector) =>
        sums.forEach((sum, position) => {
          const offset = row * strides.row + column * strides.column + position * strides.position
          const product = operation('f32x4.mul', load('v128.load', get(from), offset), weights(vector))
          f.set(sum, operation('f32x4.add', get(sum), product))
        }),
      )
    },
  }
}

/** Interleaves the int16 of the lower halves of two vectors. */
const interleaveLow = [0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23]

/**
 * Int16: two rows of the window are interleaved, so that one dot product takes two taps of four channels. A column that
 * several positions of a tile share is interleaved once.
 */
export function int16Taps(rows: number, columns: number): DepthwiseLoop {
  const pairs = Math.ceil(rows / 2)
  const vectors = Array.from({ length: columns * pairs }, (_, vector) => {
    const [column, row] = [Math.floor(vector / pairs), (vector % pairs) * 2]
    return [{ row, column }, row + 1 < rows ? { row: row + 1, column } : undefined]
  })
  return {
    name: 'i16',
    vectors,
    emit(f, sums, from, strides, weights) {
      const pair = f.local('v128')
      const uses = new Map<number, { sum: Local<'v128'>; column: number }[]>()
      sums.forEach((sum, position) => {
        for (let column = 0; column < columns; column++) {
          const offset = position * strides.position + column * strides.column
          uses.set(offset, [...(uses.get(offset) ?? []), { sum, column }])
        }
      })
      for (const [offset, users] of [...uses].sort(([a], [b]) => a - b)) {
        for (let index = 0; index < pairs; index++) {
          const rowAt = (row: number) => load('v128.load64_zero', get(from), offset + row * strides.row)
          const first = index * 2
          const second = Math.min(first + 1, rows - 1)
          f.set(pair, shuffle(rowAt(first), rowAt(second), interleaveLow))
          for (const { sum, column } of users) {
            const products = operation('i32x4.dot_i16x8_s', get(pair), weights(column * pairs + index))
            f.set(sum, operation('i32x4.add', get(sum), products))
          }
        }
      }
    },
  }
}
