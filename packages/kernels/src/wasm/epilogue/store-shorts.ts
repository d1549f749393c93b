import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Tile } from './epilogue.ts'
import { storeBytes } from './store-bytes.ts'

/** Narrows the vectors of each position in pairs, and stores them. */
export function storeShorts(f: FunctionBuilder, tile: Tile, clamp: (vector: Local<'v128'>) => void): void {
  const { sums, output, positionOffsets, channels } = tile
  sums.forEach((quads, position) => {
    for (let quad = 0; quad * 4 < channels && quad < quads.length; quad += 2) {
      const vector = quads[quad]!
      const next = quads[quad + 1] ?? vector
      f.set(vector, operation('i16x8.narrow_i32x4_s', get(vector), get(next)))
      clamp(vector)
      const count = Math.min(channels - quad * 4, (quads.length - quad) * 4, 8)
      storeBytes(f, vector, 0, count * 2, get(output), positionOffsets[position]! + quad * 8)
    }
  })
}
