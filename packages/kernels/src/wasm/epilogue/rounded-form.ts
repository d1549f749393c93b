import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { constant, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { asSignedBytes, largestShift } from './shifted-bytes.ts'
import { productOperands, upperProducts } from './upper-products.ts'

/** What sums start with, twice the multiplier, offsets of 64 bits in two vectors. */
const vectorsPerQuad = 4

/** Added to sums, so that they can be multiplied as unsigned integers; the sign bit is set where they were not negative. */
const signBit = 2 ** 31

/** The fixed-point factor of a channel, and by how many bits its first product is shifted to the right. */
interface Factor {
  readonly multiplier: number
  /** Undefined where products vanish: any shift is right. */
  readonly shift: number | undefined
}

/**
 * Requantizes through gemmlowp's first rounding, taken whole, of which the second takes one off where sums are negative
 * (spec 6.2). With K the zero point times 2^e, and g the bits of the layer that 16 bits have no room for,
 *
 *     p      = (sum * multiplier + 2^30) >> 31
 *     output = ((p + K - [sum < 0]) >> g) / 2^(e-g), rounded, halves up
 *
 * Sums are multiplied as unsigned integers, 2^31 too large, by twice the multiplier, so that p is the upper half of a product of 64 bits
 * and the sign that is taken off is a bit of the sum. It holds for all scales below 1/2, of which those of a layer may differ by a
 * factor of 128; channels further off are left out.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function roundedForm(options: RequantizeEpilogueOptions, largestSums: Float64Array): QuadForm {
  const { bias, scales, startsAnywhere = false } = options
  const { zeroPoint, range } = asSignedBytes(options)
  const factors = Array.from(largestSums, (largest, channel) =>
    factorOf(scales[scales.length > 1 ? channel : 0]!, largest),
  )
  const spare = spareBits(factors)
  const shiftOf = (channel: number): number => (factors[channel]?.shift ?? spare + 1) - spare
  // Outputs of negative sums are clamped anyway where the zero point is the smallest.
  const corrects = range.min < zeroPoint
  const fits = (channel: number): boolean => {
    const [shift, multiplier] = [shiftOf(channel), factors[channel]!.multiplier]
    const product = (largestSums[channel]! * multiplier) / signBit
    return shift >= 1 && shift <= largestShift && product + 2 ** (shift + spare + 8) < signBit
  }
  return {
    vectorsPerQuad,
    shiftsOf: (quad) => [0, 1, 2, 3].map((lane) => shiftOf(quad * 4 + lane)),
    parametersOf(quad) {
      const packed = new Int32Array(vectorsPerQuad * 4)
      for (let channel = quad * 4; channel < Math.min(quad * 4 + 4, factors.length); channel++) {
        if (!fits(channel)) return undefined
        const [lane, { multiplier }] = [channel & 3, factors[channel]!]
        packed[lane] = startsAnywhere ? bias[channel]! ^ signBit : bias[channel]!
        packed[4 + lane] = multiplier * 2
        // Half of the first rounding, and in the upper half what the sign bit of sums added.
        packed[8 + lane * 2] = signBit
        packed[9 + lane * 2] = zeroPoint * 2 ** (shiftOf(channel) + spare) - (corrects ? 1 : 0) - multiplier
      }
      return packed
    },
    begin: (f) => emitRounded(f, { corrects, spare, flips: !startsAnywhere }),
  }
}

function factorOf(scale: number, largestSum: number): Factor {
  const { multiplier, shift } = quantizeMultiplier(scale)
  const vanishes = multiplier === 0 || (shift < 0 && largestSum + 1 < 2 ** (-shift - 1))
  return vanishes ? { multiplier: 0, shift: undefined } : { multiplier, shift: -shift }
}

/** Bits that the outputs of most channels have behind what 16 bits hold; the fewest of such. */
function spareBits(factors: readonly Factor[]): number {
  const channelsWith = new Map<number, number>()
  for (const { shift = 0 } of factors) {
    if (shift > 0) channelsWith.set(shift, (channelsWith.get(shift) ?? 0) + 1)
  }
  let [best, most] = [0, 0]
  for (let spare = 0; spare < 31; spare++) {
    let channels = 0
    for (let shift = 1; shift <= largestShift; shift++) channels += channelsWith.get(spare + shift) ?? 0
    if (channels > most) [best, most] = [spare, channels]
  }
  return best
}

/** What the code of a layer does beside its products. */
interface RoundedCode {
  /** Takes one off negative sums. */
  readonly corrects: boolean
  readonly spare: number
  /** Adds 2^31 to sums that did not start with it. */
  readonly flips: boolean
}

function emitRounded(f: FunctionBuilder, { corrects, spare, flips }: RoundedCode): EmitQuad {
  const loadOperands = productOperands(f)
  const sign = flips ? hoist(f, new Int32Array(4).fill(signBit)) : undefined
  const rounded = f.local('v128')
  return (sums, parameters, from) => {
    const operands = loadOperands(parameters, from + 16)
    for (const sum of sums) {
      if (sign !== undefined) f.set(sum, operation('v128.xor', get(sum), get(sign)))
      f.set(rounded, upperProducts(get(sum), operands, 'u'))
      // All ones where the sum was not negative.
      const kept = operation('i32x4.shr_s', get(sum), constant(31))
      const corrected = corrects ? operation('i32x4.sub', get(rounded), kept) : get(rounded)
      f.set(sum, spare === 0 ? corrected : operation('i32x4.shr_s', corrected, constant(spare)))
    }
  }
}
