import { constant, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { ArgBestOptions } from './arg-best.ts'

/** Positions that fit beside a byte in 32 bits. */
export const largestSize = 2 ** 24

/** How sixteen or fewer neighbouring channels are searched together, in vectors of four. */
export interface ChannelSearch {
  readonly elementBytes: 1 | 4
  begin(f: FunctionBuilder): ChannelStages
}

/** The code for the channels of a block, in stages; `vectors` is how many of them there are. */
export interface ChannelStages {
  /** Takes the elements of position 0, at an address. */
  start(at: Local<'i32'>, vectors: number): void
  /** Takes those of the next position. */
  next(at: Local<'i32'>, vectors: number): void
  /** The positions found by a vector, as int32. */
  positions(vector: number): Expression<'v128'>
}

interface ChannelSearchOptions extends Pick<ArgBestOptions, 'outputType'> {
  readonly outer: number
  readonly size: number
  readonly inner: number
  readonly channels: number
  readonly search: ChannelSearch
}

const blockChannels = 16

/** Writes the code that searches an axis with others inside, sixteen of its channels at a time. */
export function emitChannelSearch(
  f: FunctionBuilder,
  { outer, size, inner, channels, outputType, search }: ChannelSearchOptions,
  input: number,
  output: number,
): void {
  const { elementBytes } = search
  const outputBytes = outputType === 'int32' ? 4 : 8
  const [from, to, at] = [f.local('i32'), f.local('i32'), f.local('i32')]
  f.set(from, constant(input))
  f.set(to, constant(output))
  const { start, next, positions } = search.begin(f)
  const storeFour = outputType === 'int32' ? beginStoreInt32(f) : beginStoreInt64(f)
  const move = (elements: number): void => {
    f.increase(from, elements * elementBytes)
    f.increase(to, elements * outputBytes)
  }
  const block = (count: number): void => {
    const vectors = Math.ceil(count / 4)
    f.set(at, get(from))
    start(at, vectors)
    f.repeat(size - 1, () => {
      f.increase(at, inner * elementBytes)
      next(at, vectors)
    })
    for (let vector = 0; vector < vectors; vector++)
      storeFour(positions(vector), Math.min(4, count - vector * 4), to, vector * 4 * outputBytes)
    move(count)
  }
  const [whole, rest] = [Math.floor(channels / blockChannels), channels % blockChannels]
  if (channels === 0) return
  f.repeat(outer, () => {
    f.repeat(whole, () => block(blockChannels))
    if (rest > 0) {
      // Where there are enough, the last sixteen again.
      if (whole > 0) move(rest - blockChannels)
      block(whole > 0 ? blockChannels : rest)
    }
    f.increase(from, (inner * size - channels) * elementBytes)
  })
}

/** Stores up to four positions. */
type StoreFour = (positions: Expression<'v128'>, count: number, to: Local<'i32'>, offset: number) => void

function beginStoreInt32(f: FunctionBuilder): StoreFour {
  const vector = f.local('v128')
  return (positions, count, to, offset) => {
    f.set(vector, positions)
    storeBytes(f, vector, 0, count * 4, get(to), offset)
  }
}

function beginStoreInt64(f: FunctionBuilder): StoreFour {
  const [four, two] = [f.local('v128'), f.local('v128')]
  return (positions, count, to, offset) => {
    f.set(four, positions)
    f.set(two, operation('i64x2.extend_low_i32x4_u', get(four)))
    storeBytes(f, two, 0, Math.min(count, 2) * 8, get(to), offset)
    if (count <= 2) return
    f.set(two, operation('i64x2.extend_high_i32x4_u', get(four)))
    storeBytes(f, two, 0, (count - 2) * 8, get(to), offset + 16)
  }
}
