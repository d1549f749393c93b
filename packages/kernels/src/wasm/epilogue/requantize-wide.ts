import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { reducedMultiplier } from '../../arithmetic/wide-requantize.ts'
import { constant, load, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginShortClamp } from '../reduction/clamp.ts'
import type { Epilogue, Tile } from './epilogue.ts'
import { storeBytes } from './store-bytes.ts'

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

/** A channel: the output is `floor((sum * multiplier + offset) / 2^shift)`. */
interface WideFactor {
  readonly multiplier: number
  readonly shift: number
  readonly offset: bigint
}

/** The upper halves of four products of 64 bits. */
const upperHalves = [4, 12, 20, 28].flatMap((first) => [0, 1, 2, 3].map((byte) => first + byte))

const vectorsPerQuad = 4

/**
 * Requantization of 32-bit sums to int16, equal to that of 64-bit sums with their bias (spec 6.4): one product of 64 bits and an
 * addition for each, and one shift for all channels, whose multipliers are larger where they would be shifted by less. The zero point
 * and what rounds are part of what is added.
 *
 * @returns undefined where a sum may need more than 32 bits, where factors differ by more than 2^16, and where a product may need more
 * than 64 bits.
 */
export function wideRequantizeEpilogue(options: WideRequantizeOptions): Epilogue | undefined {
  const { range, bias } = options
  const factors = commonFactors(options)
  if (factors === undefined) return undefined
  const shift = factors[0]?.shift ?? 32
  const parameters = new Int32Array(Math.ceil(bias.length / 4) * vectorsPerQuad * 4)
  const offsets = new BigInt64Array(parameters.buffer)
  factors.forEach(({ multiplier, offset }, channel) => {
    const quad = (channel >> 2) * vectorsPerQuad
    parameters[(quad + 1) * 4 + (channel & 3)] = multiplier
    offsets[(quad + 2) * 2 + (channel & 3)] = offset
  })
  return {
    ...{ outputBytes: 2, vectorsPerQuad, parameters },
    signature: ['wide', shift, range.min, range.max].join(' '),
    begin(f) {
      const clamp = beginShortClamp(f, range)
      const product = [f.local('v128'), f.local('v128')] as const
      return (tile) => {
        tile.sums.forEach((quads) =>
          quads.forEach((sum, quad) => emitOutput(f, sum, product, tile.parameters, quad, shift)),
        )
        storeShorts(f, tile, clamp)
      }
    },
  }
}

function commonFactors(options: WideRequantizeOptions): readonly WideFactor[] | undefined {
  const { scales, zeroPoint, bias, largestSums } = options
  if (largestSums.some((sum) => sum >= 2 ** 31)) return undefined
  const reduced = scales.map((scale) => {
    const { multiplier, shift } = quantizeMultiplier(scale)
    return { multiplier: reducedMultiplier(multiplier), shift: 15 - shift }
  })
  const shifts = reduced.flatMap(({ multiplier, shift }) => (multiplier === 0 ? [] : [shift]))
  // Multipliers have 15 bits, and up to 31 in the end.
  const most = Math.min(62, ...shifts.map((each) => each + 16))
  const largest = Math.max(0, ...shifts)
  if (largest > most) return undefined
  const shift = Math.max(largest, Math.min(32, most))
  const factors = Array.from(bias, (value, channel): WideFactor => {
    const own = reduced[scales.length > 1 ? channel : 0]!
    const growth = own.multiplier === 0 ? 0 : shift - own.shift
    const multiplier = own.multiplier * 2 ** growth
    const half = own.multiplier === 0 ? 0n : 1n << BigInt(shift - 1)
    const offset = BigInt(value) * BigInt(multiplier) + half + (BigInt(zeroPoint) << BigInt(shift))
    return { multiplier, shift, offset }
  })
  const isExact = factors.every(({ multiplier, offset }, channel) => {
    const magnitude = BigInt(largestSums[channel]!) * BigInt(multiplier) + (offset < 0n ? -offset : offset)
    return magnitude << BigInt(Math.max(0, 32 - shift)) < 1n << 63n
  })
  return isExact ? factors : undefined
}

function emitOutput(
  f: FunctionBuilder,
  sum: Local<'v128'>,
  [low, high]: readonly [Local<'v128'>, Local<'v128'>],
  parameters: Local<'i32'>,
  quad: number,
  shift: number,
): void {
  const parameter = (vector: number) =>
    load('v128.load', get(parameters), (quad * vectorsPerQuad + vector) * 16)
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

/** Narrows the vectors of each position in pairs, and stores them. */
function storeShorts(f: FunctionBuilder, tile: Tile, clamp: (vector: Local<'v128'>) => void): void {
  const { sums, output, positionOffsets, channels } = tile
  sums.forEach((quads, position) => {
    for (let quad = 0; quad * 4 < channels && quad < quads.length; quad += 2) {
      const vector = quads[quad]!
      const next = quads[quad + 1] ?? vector
      f.set(vector, operation('i16x8.narrow_i32x4_s', get(vector), get(next)))
      clamp(vector)
      const count = Math.min(channels - quad * 4, (quads.length - quad) * 4, 8)
      storeBytes(f, vector, 0, count * 2, get(output), positionOffsets[position]! + quad * 8)
    }
  })
}
