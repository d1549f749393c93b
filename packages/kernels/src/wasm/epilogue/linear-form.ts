import { constant, load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { lineOf } from './line.ts'
import type { EmitQuad, QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import { upperHalves } from './wide-form.ts'

/** Bias, multiplier, offsets of 64 bits in two vectors. */
const vectorsWithoutJump = 4

/** The sign of an int32, and gemmlowp's jump. */
const signBit = 2 ** 31

/**
 * Requantizes by one product of 64 bits and an addition: exactly gemmlowp's double rounding (spec 6.2) for every sum that can
 * occur. Outputs are left too large by a power of two for each channel, and are not clamped. Channels without a line are left
 * out.
 *
 * Nearly all of it runs beside the units that multiply, which the sums of the next positions need.
 *
 * @param largestSums bounds of the magnitude of the sums of each channel, bias included.
 */
export function linearForm(
  { bias, scales, outputType, ...options }: RequantizeEpilogueOptions,
  largestSums: Float64Array,
): QuadForm {
  // Unsigned outputs are made signed, so that they saturate like those.
  const middle = outputType === 'uint8' ? 128 : 0
  const zeroPoint = options.zeroPoint - middle
  const range = { min: options.range.min - middle, max: options.range.max - middle }
  const jumps = range.min < zeroPoint
  const lines = Array.from(largestSums, (largestSum, channel) => {
    const scale = scales[scales.length > 1 ? channel : 0]!
    return lineOf({ scale, zeroPoint, range, largestSum }, jumps)
  })
  const jumpsBySign = lines.every((line) => line === undefined || line.jump === 0 || line.jump === signBit)
  return {
    vectorsPerQuad: vectorsWithoutJump + (jumps ? 1 : 0),
    shiftsOf: (quad) => [0, 1, 2, 3].map((lane) => lines[quad * 4 + lane]?.shift ?? 1),
    parametersOf(quad) {
      const packed = new Int32Array((vectorsWithoutJump + 1) * 4)
      const offsets = new BigInt64Array(packed.buffer, 32, 4)
      for (let channel = quad * 4; channel < Math.min(quad * 4 + 4, lines.length); channel++) {
        const line = lines[channel]
        if (line === undefined) return undefined
        const { multiplier, shift, offset, jump } = line
        const lane = channel & 3
        packed[lane] = bias[channel]!
        packed[4 + lane] = multiplier
        // What undoes the power of two rounds halves up.
        offsets[lane] = BigInt(offset) - (1n << BigInt(31 + shift))
        packed[16 + lane] = jump | 0
      }
      return packed.subarray(0, (vectorsWithoutJump + (jumps ? 1 : 0)) * 4)
    },
    begin: (f) => emitLines(f, jumps ? (jumpsBySign ? 'sign' : 'any') : 'none'),
  }
}

function emitLines(f: FunctionBuilder, jumps: 'none' | 'sign' | 'any'): EmitQuad {
  const vector = (): Local<'v128'> => f.local('v128')
  const [multiplier, lowOffset, highOffset, jump] = [vector(), vector(), vector(), vector()]
  const registers = [multiplier, lowOffset, highOffset, ...(jumps === 'none' ? [] : [jump])]
  const fall = vector()
  return (sums, parameters, from) => {
    registers.forEach((register, at) =>
      f.set(register, load('v128.load', get(parameters), from + (at + 1) * 16)),
    )
    for (const sum of sums) {
      let low: Expression<'v128'> = get(lowOffset)
      let high: Expression<'v128'> = get(highOffset)
      if (jumps !== 'none') {
        const negative = jumps === 'sign' ? get(sum) : operation('i32x4.shr_s', get(sum), constant(31))
        f.set(fall, operation('v128.and', negative, get(jump)))
        low = operation('i64x2.sub', low, operation('i64x2.extend_low_i32x4_u', get(fall)))
        high = operation('i64x2.sub', high, operation('i64x2.extend_high_i32x4_u', get(fall)))
      }
      low = operation('i64x2.add', operation('i64x2.extmul_low_i32x4_s', get(sum), get(multiplier)), low)
      high = operation('i64x2.add', operation('i64x2.extmul_high_i32x4_s', get(sum), get(multiplier)), high)
      f.set(sum, shuffle(low, high, upperHalves))
    }
  }
}
