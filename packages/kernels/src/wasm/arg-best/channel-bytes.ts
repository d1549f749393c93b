import { load, operation, shuffle, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { largestSize } from './channels.ts'
import type { ChannelSearch } from './channels.ts'

/** What makes of bytes others that are the larger as int8, the better they are. */
const flips = {
  largest: { int8: 0, uint8: 0x80 },
  smallest: { int8: 0xff, uint8: 0x7f },
} as const

const range = (length: number): readonly number[] => Array.from({ length }, (_, at) => at)

/** Elements of the first vector before those of the second, from an element on, by turns. */
const interleaved = (elementBytes: 1 | 2, first: number): readonly number[] =>
  range(8 / elementBytes).flatMap((at) =>
    [0, 16].flatMap((vector) =>
      range(elementBytes).map((byte) => vector + (first + at) * elementBytes + byte),
    ),
  )

/**
 * Bytes above how many positions are left behind them, in 32 bits: of what is found in this way the largest integer is the best
 * byte, at the first of its positions.
 */
export function channelByteSearch(which: 'largest' | 'smallest', type: 'int8' | 'uint8'): ChannelSearch {
  return {
    elementBytes: 1,
    begin(f) {
      const [left, bytes] = [f.local('v128'), f.local('v128')]
      const pairs = [f.local('v128'), f.local('v128')]
      const best = range(4).map(() => f.local('v128'))
      const flip = flips[which][type]
      const flipped = flip === 0 ? undefined : hoist(f, new Uint8Array(16).fill(flip))
      const zero = hoist(f, new Uint8Array(16))
      const one = hoist(f, new Int32Array(4).fill(1))
      const positionBits = hoist(f, new Int32Array(4).fill(largestSize - 1))
      const widen = (at: Local<'i32'>, vectors: number): void => {
        f.set(bytes, load('v128.load', get(at)))
        if (flipped !== undefined) f.set(bytes, operation('v128.xor', get(bytes), get(flipped)))
        for (let pair = 0; pair < vectors / 2; pair++)
          f.set(pairs[pair]!, shuffle(get(zero), get(bytes), interleaved(1, pair * 8)))
      }
      const key = (vector: number): Expression<'v128'> => {
        const upper = shuffle(get(zero), get(pairs[vector >> 1]!), interleaved(2, (vector % 2) * 4))
        return operation('v128.or', upper, get(left))
      }
      return {
        start(at, vectors) {
          f.set(left, vectorConstant(new Int32Array(4).fill(largestSize - 1)))
          widen(at, vectors)
          for (let vector = 0; vector < vectors; vector++) f.set(best[vector]!, key(vector))
        },
        next(at, vectors) {
          f.set(left, operation('i32x4.sub', get(left), get(one)))
          widen(at, vectors)
          for (let vector = 0; vector < vectors; vector++)
            f.set(best[vector]!, operation('i32x4.max_s', get(best[vector]!), key(vector)))
        },
        positions: (vector) => operation('v128.andnot', get(positionBits), get(best[vector]!)),
      }
    },
  }
}
