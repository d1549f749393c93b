import { load, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { ArgBestOptions } from './arg-best.ts'
import type { ChannelSearch } from './channels.ts'

const instructions = {
  largest: { isBetter: 'f32x4.gt', better: 'f32x4.pmax' },
  smallest: { isBetter: 'f32x4.lt', better: 'f32x4.pmin' },
} as const

/** Float32: the best values so far beside their positions. */
export function channelFloat32Search({ which }: Pick<ArgBestOptions, 'which'>): ChannelSearch {
  const { isBetter, better } = instructions[which]
  return {
    elementBytes: 4,
    begin(f) {
      const four = () => [0, 1, 2, 3].map(() => f.local('v128'))
      const [best, indices] = [four(), four()]
      const [value, position] = [f.local('v128'), f.local('v128')]
      const one = hoist(f, new Int32Array(4).fill(1))
      return {
        start(at, vectors) {
          f.set(position, vectorConstant(new Int32Array(4)))
          for (let vector = 0; vector < vectors; vector++) {
            f.set(best[vector]!, load('v128.load', get(at), vector * 16))
            f.set(indices[vector]!, get(position))
          }
        },
        next(at, vectors) {
          f.set(position, operation('i32x4.add', get(position), get(one)))
          for (let vector = 0; vector < vectors; vector++) {
            const [held, index] = [best[vector]!, indices[vector]!]
            f.set(value, load('v128.load', get(at), vector * 16))
            const isNew = operation(isBetter, get(value), get(held))
            f.set(index, operation('v128.bitselect', get(position), get(index), isNew))
            // With the held value first the pseudo-extremes keep NaN, which no value is better than.
            f.set(held, operation(better, get(held), get(value)))
          }
        },
        positions: (vector) => get(indices[vector]!),
      }
    },
  }
}
