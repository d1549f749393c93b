import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { constant, load, operation, shuffle, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Epilogue } from './epilogue.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { narrowToInt16, storeIntegers } from './store-integers.ts'

/** Vectors of parameters: bias, power, multiplier, rounding of the product (two), rounding of the shift, its correction. */
/* Four 64-bit roundings fill two vectors. */
const vectorsPerQuad = 7
const two31 = 2 ** 31

/** The upper 32 bits of four 64-bit products. */
const upperHalves = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31]

interface Factor {
  readonly multiplier: number
  /** Bits that the product is shifted right at the end; negative for a shift to the left before. */
  readonly rightShift: number
}

/**
 * Requantizes with integers only, the `tflite` arithmetic: exactly gemmlowp's double rounding (spec 6.2) without shifts
 * by lane. With E the largest right shift of the layer, e that of the channel and j = E - e,
 *
 *     p = (sum * 2^(j+1) * multiplier + 2^(31+j)) >> 32        (j = E for left shifts in the second power)
 *     q = (p + 2^(E-1) - [sum < 0] * 2^j) >> E
 *
 * Rounding down twice is the same as rounding down at the end: p holds gemmlowp's high product times 2^j plus less than
 * 2^j, and all other terms are multiples of 2^j.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 * @returns undefined where a sum could overflow on the way: channels whose scales differ by more than their sums leave room.
 */
export function integerRequantizeEpilogue(
  options: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): Epilogue | undefined {
  const { bias, scales, zeroPoint, range, outputType } = options
  const factors = [...largestSums].map((largest, channel) =>
    factorOf(scales[scales.length > 1 ? channel : 0]!, largest),
  )
  const shift = Math.max(0, ...factors.map(({ rightShift }) => rightShift))
  if (!factors.every((factor, channel) => fits(factor, shift, largestSums[channel]!))) return undefined
  return {
    outputBytes: 1,
    vectorsPerQuad,
    parameters: packFactors(bias, factors, shift),
    begin(f) {
      const finishBytes = beginNarrow(f, outputType, zeroPoint, range)
      return (tile) => {
        tile.sums.forEach((quads) =>
          quads.forEach((sum, quad) => requantizeQuad(f, sum, tile.parameters, quad, shift)),
        )
        storeIntegers(f, tile, finishBytes)
      }
    },
  }
}

/** Sums that always round to 0 get multiplier 0, so that channels that are all but dead do not cost the others room. */
function factorOf(scale: number, largestSum: number): Factor {
  const { multiplier, shift } = quantizeMultiplier(scale)
  const vanishes = shift < 0 && largestSum + 1 < 2 ** (-shift - 1)
  return vanishes || multiplier === 0 ? { multiplier: 0, rightShift: 0 } : { multiplier, rightShift: -shift }
}

function fits({ multiplier, rightShift }: Factor, shift: number, largestSum: number): boolean {
  if (multiplier === 0) return true
  const power = 2 ** (shift - rightShift)
  const product = (largestSum * power * multiplier) / two31
  return largestSum * power * 2 < two31 && product + 2 ** Math.max(shift - 1, 0) + power + 1 < two31
}

function packFactors(bias: Int32Array, factors: readonly Factor[], shift: number): Int32Array<ArrayBuffer> {
  const packed = new Int32Array(Math.ceil(bias.length / 4) * vectorsPerQuad * 4)
  const wide = new BigInt64Array(packed.buffer)
  factors.forEach(({ multiplier, rightShift }, channel) => {
    const lane = channel & 3
    const at = (channel >> 2) * vectorsPerQuad * 4
    packed[at + lane] = bias[channel]!
    if (multiplier === 0) return
    const power = 2 ** (shift - rightShift)
    packed[at + 4 + lane] = power * 2
    packed[at + 8 + lane] = multiplier
    wide[at / 2 + 6 + lane] = 2n ** BigInt(31 + Math.min(shift, shift - rightShift))
    if (rightShift <= 0) return
    packed[at + 20 + lane] = 2 ** (shift - 1)
    packed[at + 24 + lane] = power
  })
  return packed
}

function requantizeQuad(
  f: FunctionBuilder,
  sum: Local<'v128'>,
  parameters: Local<'i32'>,
  quad: number,
  shift: number,
): void {
  const parameter = (vector: number) =>
    load('v128.load', get(parameters), (quad * vectorsPerQuad + vector) * 16)
  f.set(sum, operation('i32x4.mul', get(sum), parameter(1)))
  const low = operation(
    'i64x2.add',
    operation('i64x2.extmul_low_i32x4_s', get(sum), parameter(2)),
    parameter(3),
  )
  const high = operation(
    'i64x2.add',
    operation('i64x2.extmul_high_i32x4_s', get(sum), parameter(2)),
    parameter(4),
  )
  const product = shuffle(low, high, upperHalves)
  if (shift === 0) {
    f.set(sum, product)
    return
  }
  const correction = operation('v128.and', operation('i32x4.shr_s', get(sum), constant(31)), parameter(6))
  const nudged = operation('i32x4.sub', operation('i32x4.add', product, parameter(5)), correction)
  f.set(sum, operation('i32x4.shr_s', nudged, constant(shift)))
}

function beginNarrow(
  f: FunctionBuilder,
  outputType: 'int8' | 'uint8',
  zeroPoint: number,
  { min, max }: { readonly min: number; readonly max: number },
): (quads: readonly Local<'v128'>[]) => void {
  const signed = outputType === 'int8'
  const limits = signed ? { min: -128, max: 127 } : { min: 0, max: 255 }
  const hoist = (values: ArrayBufferView): Local<'v128'> => {
    const local = f.local('v128')
    f.set(local, vectorConstant(values))
    return local
  }
  const offset = hoist(new Int16Array(8).fill(zeroPoint))
  const lowest = min > limits.min ? hoist(new Uint8Array(16).fill(min & 0xff)) : undefined
  const highest = max < limits.max ? hoist(new Uint8Array(16).fill(max & 0xff)) : undefined
  return (quads) => {
    const pairs = narrowToInt16(f, quads)
    for (const pair of pairs) f.set(pair, operation('i16x8.add_sat_s', get(pair), get(offset)))
    const [low, high = low] = pairs
    const narrowed = signed ? 'i8x16.narrow_i16x8_s' : 'i8x16.narrow_i16x8_u'
    f.set(low!, operation(narrowed, get(low!), get(high!)))
    if (lowest !== undefined)
      f.set(low!, operation(signed ? 'i8x16.max_s' : 'i8x16.max_u', get(low!), get(lowest)))
    if (highest !== undefined)
      f.set(low!, operation(signed ? 'i8x16.min_s' : 'i8x16.min_u', get(low!), get(highest)))
  }
}
