import { shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'

type Vector = Expression<'v128'>

/** Bytes of two vectors that interleave eight bytes of each, from one on, in units of some bytes. */
function interleaved(from: number, unitBytes: number): readonly number[] {
  return Array.from({ length: 16 }, (_, at) => {
    const unit = Math.floor(at / unitBytes)
    const source = from + Math.floor(unit / 2) * unitBytes + (at % unitBytes)
    return unit % 2 === 0 ? source : source + 16
  })
}

const lanes = {
  low: { 1: interleaved(0, 1), 2: interleaved(0, 2) },
  high: { 1: interleaved(8, 1), 2: interleaved(8, 2) },
} as const

/** Interleaves the lower or the upper halves of two vectors in units of one byte or two. */
export function interleave(first: Vector, second: Vector, half: 'low' | 'high', unitBytes: 1 | 2): Vector {
  return shuffle(first, second, lanes[half][unitBytes])
}
