import { constant, load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import { middleOf } from './bytes.ts'
import type { Block, ElementwiseOperator } from './operator.ts'
import type { StoredTable } from './stored-map.ts'

/** Values of the table that one instruction looks up. */
const pieceValues = 16

/** From more pieces on it is faster to look values up one by one. */
const mostPieces = 13

/** Looks stored integers up in a table of all 256 values. */
export function byteTableOperator({ inputType, outputType, outputs }: StoredTable): ElementwiseOperator {
  // In the order of bit patterns: -1 and 255 are both entry 255.
  const first = 128 - middleOf(inputType)
  const table = Uint8Array.from(outputs, (_, pattern) => outputs[(pattern + first) & 0xff]!)
  const pieces = piecesOf(table)
  return {
    ...{ name: outputType, operandBytes: 1, outputBytes: 1, blockElements: 16, scratchBytes: 0 },
    constants: [pieces.used.length > mostPieces ? table : pieces.table],
    begin: (f, { constants: [at = 0] }) =>
      pieces.used.length > mostPieces ? lookUpEach(f, at) : lookUpPieces(f, pieces, at),
  }
}

/** A table in pieces of 16 values of which those that are all alike are left out. */
interface Pieces {
  /** What values have that are in no piece. */
  readonly background: number
  /** The table with its background at 0. */
  readonly table: Uint8Array
  readonly used: readonly number[]
}

function piecesOf(table: Uint8Array): Pieces {
  const starts = Array.from({ length: table.length / pieceValues }, (_, piece) => piece * pieceValues)
  const alike = starts.filter((start) =>
    table.subarray(start, start + pieceValues).every((value) => value === table[start]),
  )
  const count = (value: number): number => alike.filter((start) => table[start] === value).length
  const background = alike
    .map((start) => table[start]!)
    .reduce((best, value) => (count(value) > count(best) ? value : best), 0)
  const used = starts.filter((start) => !alike.includes(start) || table[start] !== background)
  return {
    background,
    table: table.map((value) => value ^ background),
    used: used.map((start) => start / pieceValues),
  }
}

function lookUpPieces(f: FunctionBuilder, { background, used }: Pieces, at: number): (block: Block) => void {
  const step = hoist(f, new Uint8Array(16).fill(pieceValues))
  const start = hoist(f, new Uint8Array(16).fill(background))
  const [indices, result] = [f.local('v128'), f.local('v128')]
  return ({ operands: [operand], output, elements }) => {
    f.set(indices, operand!.vector(0))
    f.set(result, get(start))
    for (let piece = 0, next = 0; next < used.length; piece++) {
      // An index outside of a piece finds 0 there.
      if (piece > 0) f.set(indices, operation('i8x16.sub', get(indices), get(step)))
      if (used[next] !== piece) continue
      next++
      const values = load('v128.load', constant(0), at + piece * pieceValues)
      const found = operation('i8x16.swizzle', values, get(indices))
      f.set(result, operation('v128.xor', get(result), found))
    }
    storeBytes(f, result, 0, elements, get(output), 0)
  }
}

function lookUpEach(f: FunctionBuilder, at: number): (block: Block) => void {
  return ({ operands: [operand], output, elements }) => {
    for (let element = 0; element < elements; element++) {
      const value = load('i32.load8_u', operand!.byte(element), at)
      f.emit(store('i32.store8', get(output), value, element))
    }
  }
}
