import { constant, load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { beginBelow } from './below.ts'
import { lowerSlopeBits } from './byte-line.ts'
import type { ByteLine } from './byte-line.ts'
import { extensions } from './bytes.ts'
import type { ByteType } from './bytes.ts'
import { emitChannelRows, tableChannels } from './channel-rows.ts'
import type { ChannelBlock, ChannelRows } from './channel-rows.ts'
import type { PreluLines } from './prelu-lines.ts'

/** A slope and an offset of 32 bits each. */
const entryBytes = 8

const lowerBits = 2 ** lowerSlopeBits - 1

/** A slope as two factors of 16 bits: of 2^7 times a value, and of the value. */
function factorsOf({ slope }: ByteLine): number {
  return ((slope >> lowerSlopeBits) & 0xffff) | ((slope & lowerBits) << 16)
}

/** PRELU by lines of its channels; equal to the reference wherever the lines are. */
export function preluByLinesKernel(
  type: ByteType,
  lines: PreluLines,
  rows: ChannelRows,
  share?: Share,
): GeneratedKernel {
  return {
    name: type,
    constants: [tableOf(lines, rows)],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output, constants: [table = 0] }) {
      const compute = beginBlocks(f, type, lines)
      emitChannelRows(f, rows, { input, output, table, entryBytes }, share, compute)
    },
  }
}

/** For each four elements their factors, then their offsets. */
function tableOf({ below }: PreluLines, rows: ChannelRows): Int32Array {
  const channels = tableChannels(rows)
  const table = new Int32Array(channels.length * 2)
  channels.forEach((channel, at) => {
    const line = below[channel]!
    const first = (at >> 2) * 8 + (at & 3)
    table[first] = factorsOf(line)
    table[first + 4] = line.offset
  })
  return table
}

/** Neighbouring int16 of two vectors in turn: of the lower halves, and of the upper ones. */
const interleaved = [0, 8].map((first) =>
  Array.from({ length: 16 }, (_, at) => first + (at >> 2) * 2 + (at & 1) + (at & 2) * 8),
)

function beginBlocks(
  f: FunctionBuilder,
  type: ByteType,
  { above, shift, upper, zeroPoint }: PreluLines,
): (block: ChannelBlock) => void {
  const [factors, offset] = [factorsOf(above), above.offset].map((value) =>
    hoist(f, new Int32Array(4).fill(value)),
  )
  const narrow = beginNarrowBytes(f, type, 0)
  const isBelow = upper ? undefined : beginBelow(f, type, zeroPoint)
  const [bytes, quads, others] = [f.local('v128'), vectors(f, 4), vectors(f, upper ? 0 : 4)]
  const toPairs = beginPairs(f, type)
  return ({ input, output, table, elements }) => {
    const constants = (at: number): Vector => load('v128.load', get(table), at * 16)
    const shifted = (height: Vector): Vector => operation('i32x4.shr_s', height, constant(shift))
    f.set(bytes, load('v128.load', get(input)))
    quads.forEach((quad, index) => {
      const pairs = toPairs(bytes, index)
      const aboveHeight = heightOf(pairs, get(factors!), get(offset!))
      const belowHeight = heightOf(pairs, constants(index * 2), constants(index * 2 + 1))
      if (upper) {
        f.set(quad, shifted(operation('i32x4.max_s', aboveHeight, belowHeight)))
        return
      }
      f.set(quad, shifted(aboveHeight))
      f.set(others[index]!, shifted(belowHeight))
    })
    const result = narrow(quads)
    if (isBelow !== undefined) {
      const chosen = operation('v128.bitselect', get(narrow(others)), get(result), isBelow(get(bytes)))
      f.set(result, chosen)
    }
    storeBytes(f, result, 0, elements, get(output), 0)
  }
}

/** The heights of a line at four values, from pairs of 2^7 times each and itself. */
function heightOf(pairs: Local<'v128'>, factors: Vector, offset: Vector): Vector {
  return operation('i32x4.add', operation('i32x4.dot_i16x8_s', get(pairs), factors), offset)
}

/** Pairs of a quarter of the bytes of a vector, to be asked for in turn. */
function beginPairs(
  f: FunctionBuilder,
  type: ByteType,
): (bytes: Local<'v128'>, quarter: number) => Local<'v128'> {
  const [values, multiples, pairs] = [f.local('v128'), f.local('v128'), f.local('v128')]
  return (bytes, quarter) => {
    if (quarter % 2 === 0) {
      f.set(values, operation(extensions[type][quarter >> 1]!, get(bytes)))
      f.set(multiples, operation('i16x8.shl', get(values), constant(lowerSlopeBits)))
    }
    f.set(pairs, shuffle(get(multiples), get(values), interleaved[quarter & 1]!))
    return pairs
  }
}

type Vector = Expression<'v128'>

const vectors = (f: FunctionBuilder, count: number): readonly Local<'v128'>[] =>
  Array.from({ length: count }, () => f.local('v128'))
