import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Tile } from './epilogue.ts'
import { storeBytes } from './store-bytes.ts'

/**
 * Turns 16 int32 into 16 bytes, saturated; in place of the first vector.
 *
 * @param quads which four channels of the tile each vector holds.
 */
export type NarrowBytes = (vectors: readonly Local<'v128'>[], quads: readonly number[]) => void

/**
 * Stores the vectors of a tile as bytes: sixteen values at a time are narrowed, the values of several positions together
 * where a position has fewer.
 */
export function storeIntegers(f: FunctionBuilder, tile: Tile, narrow: NarrowBytes): void {
  const { sums, output, positionOffsets, channels } = tile
  const quads = sums.flatMap((vectors, position) =>
    vectors.map((vector, quad) => ({ vector, position, channel: quad * 4 })),
  )
  for (let start = 0; start < quads.length; start += 4) {
    const group = quads.slice(start, start + 4)
    narrow(
      group.map(({ vector }) => vector),
      group.map(({ channel }) => channel / 4),
    )
    const bytes = group[0]!.vector
    for (const { from, count, offset } of runsOf(group, channels, positionOffsets))
      storeBytes(f, bytes, from, count, get(output), offset)
  }
}

/** Four sums: at which position, and from which channel on. */
interface Quad {
  readonly position: number
  readonly channel: number
}

/** Bytes of a vector that stand side by side in the output. */
interface Run {
  readonly from: number
  readonly count: number
  /** From the start of the tile's output. */
  readonly offset: number
}

/** Where the bytes of some four channels go: those of neighbouring positions together where no other channels are between them. */
function runsOf(
  quads: readonly Quad[],
  channels: number,
  positionOffsets: readonly number[],
): readonly Run[] {
  return quads.reduce<readonly Run[]>((runs, { position, channel }, at) => {
    const next: Run = {
      from: at * 4,
      count: Math.min(4, channels - channel),
      offset: positionOffsets[position]! + channel,
    }
    const last = runs.at(-1)
    return last !== undefined && last.count % 4 === 0 && last.offset + last.count === next.offset
      ? [...runs.slice(0, -1), { ...last, count: last.count + next.count }]
      : [...runs, next]
  }, [])
}

/** Narrows up to four vectors of int32 to int16, two in each of at most two vectors; returns those. */
export function narrowToInt16(f: FunctionBuilder, quads: readonly Local<'v128'>[]): readonly Local<'v128'>[] {
  const pairs: Local<'v128'>[] = []
  for (let at = 0; at < quads.length; at += 2) {
    const [low, high = low] = [quads[at]!, quads[at + 1]]
    f.set(low, operation('i16x8.narrow_i32x4_s', get(low), get(high)))
    pairs.push(low)
  }
  return pairs
}
