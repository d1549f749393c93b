import { load, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import type { NarrowBytes } from './store-integers.ts'
import { narrowToInt16 } from './store-integers.ts'

/** Sixteen bits hold an output with so many bits behind it. */
export const largestShift = 8

/** Unsigned outputs as signed ones, 128 smaller, so that they saturate like those. */
export function asSignedBytes({
  outputType,
  zeroPoint,
  range,
}: OutputBytes): Omit<OutputBytes, 'outputType'> {
  const middle = outputType === 'uint8' ? 128 : 0
  return { zeroPoint: zeroPoint - middle, range: { min: range.min - middle, max: range.max - middle } }
}

/** How outputs are stored. */
type OutputBytes = Pick<RequantizeEpilogueOptions, 'outputType' | 'zeroPoint' | 'range'>

/** Factors that undo the powers of two of four channels, twice: products keep their upper 16 of 31 bits, rounded. */
export function shiftFactors(shifts: readonly number[]): Int32Array {
  const factors = Int16Array.from([...shifts, ...shifts], (shift) => 2 ** (15 - shift))
  return new Int32Array(factors.buffer)
}

/**
 * Narrows int32 that are powers of two too large, less half of that power, to bytes: first to int16, which saturates where
 * outputs do, then by a product that rounds. Unsigned bytes were made 128 smaller before, see {@link asSignedBytes}.
 *
 * @returns what is written for each tile; the result of that narrows the tile's vectors.
 */
export function beginShiftedBytes(
  f: FunctionBuilder,
  type: 'int8' | 'uint8',
  relaxed: boolean,
): (parameters: Local<'i32'>, factorOffset: (quad: number) => number, quads: number) => NarrowBytes {
  const flip = type === 'uint8' ? hoist(f, new Uint8Array(16).fill(0x80)) : undefined
  const multiply = relaxed ? 'i16x8.relaxed_q15mulr_s' : 'i16x8.q15mulr_sat_s'
  const made = new Map<string, Local<'v128'>>()
  const factorOf = (name: string): Local<'v128'> => {
    const local = made.get(name) ?? f.local('v128')
    made.set(name, local)
    return local
  }
  return (parameters, factorOffset, quads) => {
    const at = (quad: number) => load('v128.load', get(parameters), factorOffset(quad))
    // Pairs are of one quad at two positions, or of two neighbours at one.
    const step = quads > 1 ? 2 : 1
    for (let quad = 0; quad < quads; quad += step) {
      const pair = quad + 1 < quads ? shuffle(at(quad), at(quad + 1), lowerEights) : at(quad)
      f.set(factorOf(`${quad}`), pair)
    }
    return (vectors, ofQuads) => {
      const pairs = narrowToInt16(f, vectors)
      pairs.forEach((pair, index) => {
        const factors = factorOf(`${ofQuads[index * 2]}`)
        f.set(pair, operation(multiply, get(pair), get(factors)))
      })
      const [low, high = low] = pairs
      f.set(low!, operation('i8x16.narrow_i16x8_s', get(low!), get(high!)))
      if (flip !== undefined) f.set(low!, operation('v128.xor', get(low!), get(flip)))
    }
  }
}

const lowerEights = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]
