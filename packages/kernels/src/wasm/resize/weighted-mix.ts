import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { BilinearPositions, Positions } from '../../ops/resize-bilinear/interpolate.ts'
import { constant, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { BilinearMix, Vector } from './mix.ts'

/** Distances from 0 to 1 by their bits, in the arithmetics. */
const distanceBits = { tflite: 10, xnnpack: 11 } as const satisfies Record<Arithmetic, number>

/** Bits of distances: those of rows, those of columns, and those of the weighted sum of four pixels. */
export interface DistanceBits {
  readonly row: number
  readonly column: number
  readonly sum: number
}

/** The coarsest distances of which all that positions have are multiples. */
export function bitsOfPositions({ rows, columns }: BilinearPositions, arithmetic: Arithmetic): DistanceBits {
  const finest = distanceBits[arithmetic]
  const [row, column] = [neededBits(rows, finest), neededBits(columns, finest)]
  return { row, column, sum: row + column }
}

/** What numbers and distances say of a mix. */
export function mixIn(numbers: Numbers, { row, column }: DistanceBits, arithmetic: Arithmetic) {
  const finest = distanceBits[arithmetic]
  const repeat = (bits: number) => (distance: number) => numbers.repeat(distance / 2 ** (finest - bits))
  const { name, lanes } = numbers
  return { name, lanes, bitsOfRow: repeat(row), bitsOfColumn: repeat(column) }
}

/** The rounded mean of four pixels, weighted by their distances. */
export function beginMix(
  f: FunctionBuilder,
  numbers: Numbers,
  { row, column, sum }: DistanceBits,
  arithmetic: Arithmetic,
): ReturnType<BilinearMix['begin']> {
  const { shape } = numbers
  const top = f.local('v128')
  const round = beginRounding(f, numbers, sum, arithmetic)
  /** `first * 2^bits + (second - first) * distance`, of which only the result must fit. */
  const weigh = (first: Vector, second: Vector, distance: Vector, bits: number): Vector => {
    const share = operation(`${shape}.mul`, operation(`${shape}.sub`, second, first), distance)
    return operation(`${shape}.add`, operation(`${shape}.shl`, first, constant(bits)), share)
  }
  return ([topLeft, topRight, bottomLeft, bottomRight], y, x) => {
    f.set(top, weigh(get(topLeft!), get(topRight!), x, column))
    f.set(bottomLeft!, weigh(get(bottomLeft!), get(bottomRight!), x, column))
    f.set(top, weigh(get(top), get(bottomLeft!), y, row))
    round(top)
    return get(top)
  }
}

/** Numbers of 16 and of 32 bits that pixels are mixed in. */
export interface Numbers {
  readonly name: string
  readonly shape: 'i16x8' | 'i32x4'
  readonly lanes: 4 | 8
  /** What leaves the sign alone. */
  readonly signShift: number
  /** As many of them as four bytes hold. */
  repeat(value: number): number
}

/** Bits of the coarsest distance of which all along a dimension are multiples. */
function neededBits({ fraction }: Positions, finest: number): number {
  let bits = 0
  while (!fraction.every((distance) => Number.isInteger(distance / 2 ** (finest - bits)))) bits++
  return bits
}

/** Divides by 2^bits: halves up in the `xnnpack` arithmetic, away from zero in `tflite`. */
function beginRounding(
  f: FunctionBuilder,
  { shape, signShift }: Numbers,
  bits: number,
  arithmetic: Arithmetic,
): (sum: Local<'v128'>) => void {
  if (bits === 0) return () => undefined
  const value = 2 ** (bits - 1)
  const half = hoist(f, shape === 'i16x8' ? new Int16Array(8).fill(value) : new Int32Array(4).fill(value))
  return (sum) => {
    const up = operation(`${shape}.add`, get(sum), get(half))
    // Of negative sums a little less than a half goes up.
    const sign = operation(`${shape}.shr_s`, get(sum), constant(signShift))
    const nudged = arithmetic === 'xnnpack' ? up : operation(`${shape}.add`, up, sign)
    f.set(sum, operation(`${shape}.shr_s`, nudged, constant(bits)))
  }
}
