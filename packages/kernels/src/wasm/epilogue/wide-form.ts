import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { upperProducts } from './upper-products.ts'

/** Bias, power, multiplier, rounding of the product in two vectors of 64 bits, rounding of the shift, its correction. */
const vectorsPerQuad = 7
const two31 = 2 ** 31

interface Factor {
  readonly multiplier: number
  /** Bits that the product is shifted right at the end; negative for a shift to the left before. */
  readonly rightShift: number
}

/**
 * Requantizes through 64-bit products: exactly gemmlowp's double rounding (spec 6.2) without shifts by lane. With E the
 * largest right shift of the layer, e that of the channel and j = E - e,
 *
 *     p = (sum * 2^(j+1) * multiplier + 2^(31+j)) >> 32        (j = E for left shifts in the second power)
 *     q = (p + 2^(E-1) - [sum < 0] * 2^j) >> E
 *
 * Rounding down twice is the same as rounding down at the end: p holds gemmlowp's high product times 2^j plus less than
 * 2^j, and all other terms are multiples of 2^j.
 *
 * Channels are left out whose sums could overflow on the way: their scales differ by more than their sums leave room.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 * @param wanted groups of four channels that are asked for; only their scales count.
 */
export function wideForm(
  { bias, scales, zeroPoint, range }: RequantizeEpilogueOptions,
  largestSums: Float64Array,
  wanted: readonly number[],
): QuadForm {
  const factors = Array.from(largestSums, (largest, channel) =>
    factorOf(scales[scales.length > 1 ? channel : 0]!, largest),
  )
  const channelsOf = (quad: number): readonly number[] =>
    [0, 1, 2, 3].map((lane) => quad * 4 + lane).filter((channel) => channel < factors.length)
  const shift = wanted
    .flatMap(channelsOf)
    .reduce((most, channel) => Math.max(most, factors[channel]!.rightShift), 0)
  const fitsAt = (channel: number): boolean => fits(factors[channel]!, shift, largestSums[channel]!)
  // Outputs of negative sums are clamped anyway where the zero point is the smallest.
  const corrects = shift > 0 && range.min < zeroPoint
  return {
    vectorsPerQuad,
    parametersOf: (quad) =>
      channelsOf(quad).every(fitsAt) ? quadParameters(bias, factors, quad * 4, shift) : undefined,
    begin(f) {
      const zero = zeroPoint === 0 ? undefined : hoist(f, new Int32Array(4).fill(zeroPoint))
      return (sums, parameters, offset) => {
        const at = (vector: number) => load('v128.load', get(parameters), offset + vector * 16)
        for (const sum of sums) {
          f.set(sum, operation('i32x4.mul', get(sum), at(1)))
          const value = rounded(sum, at, shift, corrects)
          f.set(sum, zero === undefined ? value : operation('i32x4.add', value, get(zero)))
        }
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
  if (rightShift > shift) return false
  const power = 2 ** (shift - rightShift)
  const product = (largestSum * power * multiplier) / two31
  // Outputs may be doubled, their zero point added, before they are narrowed.
  if (product >= 2 ** (29 + shift)) return false
  return largestSum * power * 2 < two31 && product + 2 ** Math.max(shift - 1, 0) + power + 1 < two31
}

function quadParameters(
  bias: Int32Array,
  factors: readonly Factor[],
  first: number,
  shift: number,
): Int32Array {
  const packed = new Int32Array(vectorsPerQuad * 4)
  const wide = new BigInt64Array(packed.buffer)
  factors.slice(first, first + 4).forEach(({ multiplier, rightShift }, lane) => {
    packed[lane] = bias[first + lane]!
    if (multiplier === 0) return
    const power = 2 ** (shift - rightShift)
    packed[4 + lane] = power * 2
    packed[8 + lane] = multiplier
    wide[6 + lane] = 2n ** BigInt(31 + Math.min(shift, shift - rightShift))
    if (rightShift <= 0) return
    packed[20 + lane] = 2 ** (shift - 1)
    packed[24 + lane] = power
  })
  return packed
}

function rounded(
  sum: Local<'v128'>,
  at: (vector: number) => Expression<'v128'>,
  shift: number,
  corrects: boolean,
): Expression<'v128'> {
  const product = upperProducts(get(sum), { multiplier: at(2), offsets: [at(3), at(4)] }, 's')
  if (shift === 0) return product
  const halved = operation('i32x4.add', product, at(5))
  if (!corrects) return operation('i32x4.shr_s', halved, constant(shift))
  const correction = operation('v128.and', operation('i32x4.shr_s', get(sum), constant(31)), at(6))
  return operation('i32x4.shr_s', operation('i32x4.sub', halved, correction), constant(shift))
}
