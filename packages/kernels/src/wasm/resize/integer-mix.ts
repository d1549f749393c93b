import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { BilinearPositions, Positions } from '../../ops/resize-bilinear/interpolate.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { ByteType } from '../elementwise/bytes.ts'
import { hoist } from '../hoist.ts'
import type { BilinearMix, Vector } from './mix.ts'

/** Distances from 0 to 1 by their bits, in the arithmetics. */
const distanceBits = { tflite: 10, xnnpack: 11 } as const satisfies Record<Arithmetic, number>

/**
 * Of 8-bit integers, in the arithmetic that is asked for. Distances are often halves, quarters or eighths, of which a sum of four
 * weighted pixels needs 16 bits instead of 32.
 *
 * @param positions which distances there are.
 */
export function integerMix(
  type: ByteType,
  arithmetic: Arithmetic,
  positions: BilinearPositions,
): BilinearMix {
  const bits = bitsOfPositions(positions, distanceBits[arithmetic])
  const unit = 2 ** bits.sum
  const isShort = (type === 'int8' ? 128 : 255) * unit + unit / 2 < 2 ** 15
  const numbers = isShort ? shorts : words
  return {
    ...{ ...mixIn(numbers, bits, arithmetic), elementBytes: 1, load: numbers.load[type] },
    begin(f) {
      const mix = beginMix(f, numbers, bits, arithmetic)
      return (pixels, y, x) => {
        const mixed = mix(pixels, y, x)
        const half = isShort ? mixed : operation('i16x8.narrow_i32x4_s', mixed, mixed)
        return operation(type === 'int8' ? 'i8x16.narrow_i16x8_s' : 'i8x16.narrow_i16x8_u', half, half)
      }
    },
  }
}

/** Bits of distances with which weighted int16 still fit 32 bits. */
const mostShortBits = 16

/**
 * Of int16, for which both arithmetics are `tflite`.
 *
 * @returns undefined for distances of so many bits that sums need 64.
 */
export function shortMix(positions: BilinearPositions): BilinearMix | undefined {
  const bits = bitsOfPositions(positions, distanceBits.tflite)
  if (bits.sum > mostShortBits) return undefined
  return {
    ...{ ...mixIn(words, bits, 'tflite'), elementBytes: 2 },
    load: (address) => load('v128.load16x4_s', address),
    begin(f) {
      const mix = beginMix(f, words, bits, 'tflite')
      return (pixels, y, x) => {
        const mixed = mix(pixels, y, x)
        return operation('i16x8.narrow_i32x4_s', mixed, mixed)
      }
    },
  }
}

/** Bits of distances: those of rows, those of columns, and those of the weighted sum of four pixels. */
interface DistanceBits {
  readonly row: number
  readonly column: number
  readonly sum: number
}

function bitsOfPositions({ rows, columns }: BilinearPositions, finest: number): DistanceBits {
  const [row, column] = [neededBits(rows, finest), neededBits(columns, finest)]
  return { row, column, sum: row + column }
}

/** What numbers and distances say of a mix. */
function mixIn(numbers: Numbers, { row, column }: DistanceBits, arithmetic: Arithmetic) {
  const finest = distanceBits[arithmetic]
  const repeat = (bits: number) => (distance: number) => numbers.repeat(distance / 2 ** (finest - bits))
  const { name, lanes } = numbers
  return { name, lanes, bitsOfRow: repeat(row), bitsOfColumn: repeat(column) }
}

/** The rounded mean of four pixels, weighted by their distances. */
function beginMix(
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

/** Numbers of 16 and of 32 bits. */
const shorts = {
  ...{ name: 'int16', shape: 'i16x8', lanes: 8, signShift: 15 },
  repeat: (value: number): number => (value & 0xffff) | (value << 16),
  load: {
    int8: (address) => load('v128.load8x8_s', address),
    uint8: (address) => load('v128.load8x8_u', address),
  },
} as const satisfies Numbers
const words = {
  ...{ name: 'int32', shape: 'i32x4', lanes: 4, signShift: 31 },
  repeat: (value: number): number => value,
  load: {
    int8: (address) =>
      operation(
        'i32x4.extend_low_i16x8_s',
        operation('i16x8.extend_low_i8x16_s', load('v128.load32_zero', address)),
      ),
    uint8: (address) =>
      operation(
        'i32x4.extend_low_i16x8_s',
        operation('i16x8.extend_low_i8x16_u', load('v128.load32_zero', address)),
      ),
  },
} as const satisfies Numbers

interface Numbers {
  readonly name: string
  readonly shape: 'i16x8' | 'i32x4'
  readonly lanes: 4 | 8
  /** What leaves the sign alone. */
  readonly signShift: number
  /** As many of them as four bytes hold. */
  repeat(value: number): number
  readonly load: Readonly<Record<ByteType, BilinearMix['load']>>
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
