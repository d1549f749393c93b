import { constant, load, operation, select, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { ArgBestOptions } from './arg-best.ts'
import { beginBestOfRow } from './best-of-row.ts'

/** Rows that are searched, one after the other. */
interface RowSearch extends Pick<ArgBestOptions, 'type' | 'which' | 'outputType'> {
  readonly depth: number
  /** Number of rows, and of the outputs that are to be computed of each: 0 or 1. */
  readonly outer: number
  readonly channels: number
}

const blockElements = 16
/** Rows of more blocks are searched in a loop. */
const mostUnrolled = 2

/**
 * Writes the code that searches neighbouring elements: once for the best one, once for where it is, from the last block to the
 * first.
 */
export function emitRowSearch(f: FunctionBuilder, search: RowSearch, input: number, output: number): void {
  const { depth, type, outputType, outer, channels } = search
  const [from, to] = [f.local('i32'), f.local('i32')]
  f.set(from, constant(input))
  f.set(to, constant(output))
  const best = beginBestOfRow(f, search)
  const position = beginFirstMatch(f, search)
  f.repeat(outer * channels, () => {
    best.find(from)
    storePosition(f, to, position(from, best.vector), outputType)
    f.increase(from, depth * (type === 'float32' ? 4 : 1))
    f.increase(to, outputType === 'int32' ? 4 : 8)
  })
}

/** Writes the code that finds the first element of a row equal to those of a vector; 0 where none is. */
function beginFirstMatch(f: FunctionBuilder, { depth, type }: RowSearch) {
  const [index, bits] = [f.local('i32'), f.local('i32')]
  const bytes = type === 'float32' ? 4 : 1
  const matches = type === 'float32' ? floatMatches : byteMatches
  const include = (found: Expression<'i32'>, first: Expression<'i32'>): void => {
    f.set(bits, found)
    const here = operation('i32.add', first, operation('i32.ctz', get(bits)))
    f.set(index, select(here, get(index), get(bits)))
  }
  const [whole, rest] = [Math.floor(depth / blockElements), depth % blockElements]
  const beginning = beginWholeBlocks(f, whole, bytes)
  return (from: Local<'i32'>, best: Local<'v128'>): Expression<'i32'> => {
    f.set(index, constant(0))
    if (whole === 0) {
      const all = matches(from, best, 0, rest)
      include(operation('i32.and', all, constant(2 ** rest - 1)), constant(0))
    } else if (rest > 0) {
      include(
        matches(from, best, (depth - blockElements) * bytes, blockElements),
        constant(depth - blockElements),
      )
    }
    beginning(from, (at, offset, first) => include(matches(at, best, offset, blockElements), first))
    return type === 'float32' ? unlessFirstIsNaN(from, index) : get(index)
  }
}

type VisitBlock = (at: Local<'i32'>, offset: number, first: Expression<'i32'>) => void

/** Writes the code that visits the whole blocks of a row, the last one first. */
function beginWholeBlocks(f: FunctionBuilder, whole: number, bytes: number) {
  const [at, first] = [f.local('i32'), f.local('i32')]
  const blockBytes = blockElements * bytes
  return (from: Local<'i32'>, visit: VisitBlock): void => {
    if (whole <= mostUnrolled) {
      for (let block = whole - 1; block >= 0; block--)
        visit(from, block * blockBytes, constant(block * blockElements))
      return
    }
    f.set(at, operation('i32.add', get(from), constant((whole - 1) * blockBytes)))
    f.set(first, constant((whole - 1) * blockElements))
    f.repeat(whole, () => {
      visit(at, 0, get(first))
      f.increase(at, -blockBytes)
      f.increase(first, -blockElements)
    })
  }
}

/** A bit for each of up to sixteen elements; with fewer of them the others have any. */
type Matches = (at: Local<'i32'>, best: Local<'v128'>, offset: number, count: number) => Expression<'i32'>

const byteMatches: Matches = (at, best, offset) =>
  operation('i8x16.bitmask', operation('i8x16.eq', load('v128.load', get(at), offset), get(best)))

const floatMatches: Matches = (at, best, offset, count) => {
  const quad = (index: number) => {
    const used = index * 4 < count ? index : 0
    return operation('f32x4.eq', load('v128.load', get(at), offset + used * 16), get(best))
  }
  const low = operation('i16x8.narrow_i32x4_s', quad(0), quad(1))
  const high = operation('i16x8.narrow_i32x4_s', quad(2), quad(3))
  return operation('i8x16.bitmask', operation('i8x16.narrow_i16x8_s', low, high))
}

/** NaN is not found by comparison; as the first element it is the best one, since nothing is better than it. */
function unlessFirstIsNaN(from: Local<'i32'>, index: Local<'i32'>): Expression<'i32'> {
  const first = load('f32.load', get(from))
  return select(get(index), constant(0), operation('f32.eq', first, first))
}

function storePosition(
  f: FunctionBuilder,
  to: Local<'i32'>,
  position: Expression<'i32'>,
  type: 'int32' | 'int64',
): void {
  f.emit(store('i32.store', get(to), position))
  if (type === 'int64') f.emit(store('i32.store', get(to), constant(0), 4))
}
