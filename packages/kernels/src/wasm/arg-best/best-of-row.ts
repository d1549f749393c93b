import { load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { extremes, hoistElement } from '../reduction/extreme.ts'
import type { ArgBestOptions } from './arg-best.ts'

/** Longer rows are read in a loop. */
const mostUnrolled = 8

/** The best element of a row. */
export interface BestOfRow {
  /** All of its lanes are that element. */
  readonly vector: Local<'v128'>
  /** Writes the code that finds it; NaN is passed over. */
  find(from: Local<'i32'>): void
}

/** The search for the best of `depth` neighbouring elements. */
export function beginBestOfRow(
  f: FunctionBuilder,
  { type, which, depth }: Pick<ArgBestOptions, 'type' | 'which'> & { readonly depth: number },
): BestOfRow {
  const { better, worst } = extremes[which][type]
  const [lanes, bytes] = type === 'float32' ? [4, 4] : [16, 1]
  const [vector, at, start] = [f.local('v128'), f.local('i32'), hoistElement(f, type, worst)]
  const include = (values: Expression<'v128'>): void => f.set(vector, operation(better, get(vector), values))
  const moved = (byteOf: (byte: number) => number): Expression<'v128'> =>
    shuffle(
      get(vector),
      get(vector),
      Array.from({ length: 16 }, (_, byte) => byteOf(byte)),
    )
  const whole = Math.floor(depth / lanes)
  return {
    vector,
    find(from) {
      if (whole === 0) {
        // Lanes behind the row repeat its first element.
        f.set(vector, load('v128.load', get(from)))
        f.set(
          vector,
          moved((byte) => (byte < depth * bytes ? byte : byte % bytes)),
        )
        f.set(vector, operation(better, get(start), get(vector)))
      } else {
        f.set(vector, get(start))
        emitWhole(f, whole, from, at, include)
        // The last ones again, together with the rest.
        if (depth % lanes > 0) include(load('v128.load', get(from), (depth - lanes) * bytes))
      }
      for (let by = 8; by >= bytes; by /= 2) include(moved((byte) => (byte + by) % 16))
    },
  }
}

function emitWhole(
  f: FunctionBuilder,
  vectors: number,
  from: Local<'i32'>,
  at: Local<'i32'>,
  include: (values: Expression<'v128'>) => void,
): void {
  if (vectors <= mostUnrolled) {
    for (let index = 0; index < vectors; index++) include(load('v128.load', get(from), index * 16))
    return
  }
  f.set(at, get(from))
  f.repeat(vectors, () => {
    include(load('v128.load', get(at)))
    f.increase(at, 16)
  })
}
