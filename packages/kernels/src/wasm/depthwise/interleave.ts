import { shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'

type Vector = Expression<'v128'>

/** Interleaves the lower or the upper halves of two vectors in units of one byte or two. */
export function interleave(first: Vector, second: Vector, half: 'low' | 'high', bytes: 1 | 2): Vector {
  const units = Array.from({ length: 8 / bytes }, (_, at) => (half === 'low' ? 0 : 8) + at * bytes)
  const unitAt = (from: number): readonly number[] => [from, from + 1].slice(0, bytes)
  return shuffle(
    first,
    second,
    units.flatMap((unit) => [...unitAt(unit), ...unitAt(unit + 16)]),
  )
}
