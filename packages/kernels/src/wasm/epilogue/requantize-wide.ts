import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { reducedMultiplier } from '../../arithmetic/wide-requantize.ts'
import { constant, load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginShortClamp } from '../reduction/clamp.ts'
import type { Epilogue } from './epilogue.ts'
import { storeShorts } from './store-shorts.ts'

/** How sums of int16 activations become int16 outputs. */
export interface WideRequantizeOptions {
  /** One factor for all channels, or one for each. */
  readonly scales: readonly number[]
  readonly zeroPoint: number
  readonly range: { readonly min: number; readonly max: number }
  /** Integers of up to 48 bits, one for each channel. */
  readonly bias: Float64Array
  /** Bounds of the magnitude of each channel's sum without its bias. */
  readonly largestSums: Float64Array
}

/** A channel: the output is `floor((sum * multiplier + offset) / 2^(shift + further))`. */
interface WideFactor {
  readonly multiplier: number
  readonly offset: bigint
  readonly further: number
}

/** The factors of all channels, and by what all products are shifted. */
interface WideFactors {
  readonly factors: readonly WideFactor[]
  readonly shift: number
}

/** The upper halves of four products of 64 bits. */
const upperHalves = [4, 12, 20, 28].flatMap((first) => [0, 1, 2, 3].map((byte) => first + byte))

/**
 * Requantization of 32-bit sums to int16, equal to that of 64-bit sums with their bias (spec 6.4): one product of 64 bits and an
 * addition for each, and one shift for all channels, whose multipliers are larger where they would be shifted by less. The zero point
 * and what rounds are part of what is added. Where factors differ by more than 2^16, a second product shifts each channel further.
 *
 * @returns undefined where a sum may need more than 32 bits, or a product more than 64.
 */
export function wideRequantizeEpilogue(options: WideRequantizeOptions): Epilogue | undefined {
  const { range, bias } = options
  const common = commonFactors(options)
  if (common === undefined) return undefined
  const { factors, shift } = common
  const further = factors.some((each) => each.further > 0)
  const vectorsPerQuad = further ? 5 : 4
  const parameters = new Int32Array(Math.ceil(bias.length / 4) * vectorsPerQuad * 4)
  factors.forEach(({ multiplier, offset, ...factor }, channel) => {
    const [quad, lane] = [(channel >> 2) * vectorsPerQuad * 4, channel & 3]
    parameters[quad + 4 + lane] = multiplier
    parameters[quad + 8 + 2 * lane] = Number(BigInt.asIntN(32, offset))
    parameters[quad + 9 + 2 * lane] = Number(offset >> 32n)
    if (further) parameters[quad + 16 + lane] = 2 ** (32 - factor.further)
  })
  return {
    ...{ outputBytes: 2, vectorsPerQuad, parameters },
    signature: ['wide', shift, further, range.min, range.max].join(' '),
    begin(f) {
      const clamp = beginShortClamp(f, range)
      const product = [f.local('v128'), f.local('v128')] as const
      return (tile) => {
        tile.sums.forEach((quads) =>
          quads.forEach((sum, quad) => {
            const parameter = (vector: number) =>
              load('v128.load', get(tile.parameters), (quad * vectorsPerQuad + vector) * 16)
            emitOutput(f, sum, product, parameter, shift)
            if (further) emitFurtherShift(f, sum, product, parameter(4))
          }),
        )
        storeShorts(f, tile, clamp)
      }
    },
  }
}

/** Bits by which multipliers of 15 bits can grow. */
const mostGrowth = 16

function commonFactors(options: WideRequantizeOptions): WideFactors | undefined {
  const { scales, zeroPoint, bias, largestSums } = options
  if (largestSums.some((sum) => sum >= 2 ** 31)) return undefined
  const reduced = scales.map((scale) => {
    const { multiplier, shift } = quantizeMultiplier(scale)
    return { multiplier: reducedMultiplier(multiplier), total: 15 - shift }
  })
  const totals = reduced.flatMap(({ multiplier, total }) => (multiplier === 0 ? [] : [total]))
  const [largest, most] = [Math.max(0, ...totals), Math.min(62, ...totals.map((total) => total + mostGrowth))]
  // A product with a power of two below 2^31 shifts by two bits at least.
  const shift = largest > most ? most - 2 : Math.max(largest, Math.min(32, most))
  const factors = Array.from(bias, (value, channel): WideFactor => {
    const { multiplier: own, total } = reduced[scales.length > 1 ? channel : 0]!
    const effective = largest > most ? Math.max(total, most) : shift
    const multiplier = own === 0 ? 0 : own * 2 ** (effective - total)
    const half = own === 0 ? 0n : 1n << BigInt(effective - 1)
    const offset = BigInt(value) * BigInt(multiplier) + half + (BigInt(zeroPoint) << BigInt(effective))
    return { multiplier, offset, further: effective - shift }
  })
  const isExact = factors.every(({ multiplier, offset }, channel) => {
    const magnitude = BigInt(largestSums[channel]!) * BigInt(multiplier) + (offset < 0n ? -offset : offset)
    return magnitude << BigInt(Math.max(0, 32 - shift)) < 1n << 63n
  })
  return isExact ? { factors, shift } : undefined
}

type Parameter = (vector: number) => Expression<'v128'>

function emitOutput(
  f: FunctionBuilder,
  sum: Local<'v128'>,
  [low, high]: readonly [Local<'v128'>, Local<'v128'>],
  parameter: Parameter,
  shift: number,
): void {
  const multiplied = (half: 'low' | 'high', vector: number) => {
    const product = operation(`i64x2.extmul_${half}_i32x4_s`, get(sum), parameter(1))
    const moved = operation('i64x2.add', product, parameter(vector))
    return shift < 32 ? operation('i64x2.shl', moved, constant(32 - shift)) : moved
  }
  f.set(low, multiplied('low', 2))
  f.set(high, multiplied('high', 3))
  const upper = shuffle(get(low), get(high), upperHalves)
  f.set(sum, shift > 32 ? operation('i32x4.shr_s', upper, constant(shift - 32)) : upper)
}

/** Shifts each number to the right, as the upper half of its product with a power of two. */
function emitFurtherShift(
  f: FunctionBuilder,
  value: Local<'v128'>,
  [low, high]: readonly [Local<'v128'>, Local<'v128'>],
  powers: Expression<'v128'>,
): void {
  f.set(low, operation('i64x2.extmul_low_i32x4_s', get(value), powers))
  f.set(high, operation('i64x2.extmul_high_i32x4_s', get(value), powers))
  f.set(value, shuffle(get(low), get(high), upperHalves))
}
