import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { load, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'

/** Bias, power, multiplier, rounding in 64 bits, shift. */
const vectorsPerQuad = 5
const two31 = 2 ** 31

/** The lower 32 bits of four integers of 64 bits. */
const lowerHalves = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]

/**
 * Requantizes through 64-bit products rounded once, the `ruy` rounding. The four channels share one shift, that of the smallest
 * scale among them; the sums of the others are multiplied by powers of two before. Groups are left out where those overflow.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function onceForm(
  { bias, scales, zeroPoint, range }: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): QuadForm {
  return {
    vectorsPerQuad,
    parametersOf(quad) {
      const channels = Array.from(largestSums.subarray(quad * 4, quad * 4 + 4), (largest, lane) => ({
        ...factorOf(scales[scales.length > 1 ? quad * 4 + lane : 0]!, largest),
        ...{ largest, bias: bias[quad * 4 + lane]! },
      }))
      const shift = channels.reduce((most, { rightShift }) => Math.max(most, rightShift), 24)
      const packed = new Int32Array(vectorsPerQuad * 4)
      for (const [lane, channel] of channels.entries()) {
        const power = channel.multiplier === 0 ? 0 : 2 ** (shift - channel.rightShift)
        const scaled = (channel.largest * channel.multiplier) / 2 ** channel.rightShift
        if (channel.largest * power >= two31 || scaled >= two31 / 2) return undefined
        const values = [channel.bias, power, channel.multiplier]
        values.forEach((value, vector) => (packed[vector * 4 + lane] = value))
      }
      new BigInt64Array(packed.buffer, 48, 2).fill(1n << BigInt(shift - 1))
      packed[16] = shift
      return packed
    },
    begin(f) {
      const everywhere = (value: number): Local<'v128'> => hoist(f, new Int32Array(4).fill(value))
      const zero = everywhere(zeroPoint)
      const [lowest, highest] = [everywhere(range.min), everywhere(range.max)]
      const [shift, rounding, multiplier] = [f.local('i32'), f.local('v128'), f.local('v128')]
      return (sums, parameters, offset) => {
        const at = (vector: number) => load('v128.load', get(parameters), offset + vector * 16)
        f.set(multiplier, at(2))
        f.set(rounding, at(3))
        f.set(shift, load('i32.load', get(parameters), offset + 64))
        for (const sum of sums) {
          f.set(sum, operation('i32x4.mul', get(sum), at(1)))
          const [low, high] = (['i64x2.extmul_low_i32x4_s', 'i64x2.extmul_high_i32x4_s'] as const).map(
            (multiply) => {
              const product = operation(multiply, get(sum), get(multiplier))
              return operation('i64x2.shr_s', operation('i64x2.add', product, get(rounding)), get(shift))
            },
          )
          const moved = operation('i32x4.add', shuffle(low!, high!, lowerHalves), get(zero))
          f.set(sum, operation('i32x4.min_s', operation('i32x4.max_s', moved, get(lowest)), get(highest)))
        }
      }
    },
  }
}

/** Sums that always round to 0 get multiplier 0, so that channels that are all but dead do not cost the others room. */
function factorOf(scale: number, largestSum: number): { multiplier: number; rightShift: number } {
  const { multiplier, shift } = quantizeMultiplier(scale)
  const vanishes = largestSum * multiplier < 2 ** (30 - shift)
  return vanishes ? { multiplier: 0, rightShift: 0 } : { multiplier, rightShift: 31 - shift }
}
