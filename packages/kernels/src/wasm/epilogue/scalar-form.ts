import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import {
  constant,
  constant64,
  extractLane32,
  load,
  operation,
  replaceLane32,
  select,
} from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { QuadForm } from './quad-form.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'

/** Bias, multiplier, shift to the left, shift to the right. */
const vectorsPerQuad = 4

/**
 * Requantizes one channel after the other with 64-bit products, step by step as gemmlowp does (spec 6.2), or rounded once where
 * the rounding is `ruy`: right for any scale and any sum, and slow.
 */
export function scalarForm(options: RequantizeEpilogueOptions): QuadForm {
  const { bias, scales } = options
  const factors = scales.map(quantizeMultiplier)
  return {
    vectorsPerQuad,
    parametersOf(quad) {
      const packed = new Int32Array(vectorsPerQuad * 4)
      for (let channel = quad * 4; channel < Math.min(quad * 4 + 4, bias.length); channel++) {
        const { multiplier, shift } = factors[factors.length > 1 ? channel : 0]!
        const values = [bias[channel]!, multiplier, Math.max(shift, 0), Math.max(-shift, 0)]
        values.forEach((value, vector) => (packed[vector * 4 + (channel & 3)] = value))
      }
      return packed
    },
    begin(f) {
      const emitLane = laneEmitter(f, options)
      return (sums, parameters, offset) => {
        for (const sum of sums) for (let lane = 0; lane < 4; lane++) emitLane(sum, parameters, offset, lane)
      }
    },
  }
}

function laneEmitter(
  f: FunctionBuilder,
  { arithmetic, zeroPoint, range: { min, max } }: RequantizeEpilogueOptions,
): (sum: Local<'v128'>, parameters: Local<'i32'>, offset: number, lane: number) => void {
  const value = f.local('i32')
  const emitRounded = (arithmetic === 'ruy' ? emitOnce : emitTwice)(f, value)
  return (sum, parameters, offset, lane) => {
    const at = (vector: number) => load('i32.load', get(parameters), offset + vector * 16 + lane * 4)
    emitRounded(extractLane32(get(sum), lane), at)
    f.set(value, operation('i32.add', get(value), constant(zeroPoint)))
    f.set(value, select(constant(min), get(value), operation('i32.lt_s', get(value), constant(min))))
    f.set(value, select(constant(max), get(value), operation('i32.gt_s', get(value), constant(max))))
    f.set(sum, replaceLane32(get(sum), lane, get(value)))
  }
}

/** Writes the code that scales and rounds a sum with the parameters of its channel. */
type EmitRounded = (sum: Expression<'i32'>, at: (vector: number) => Expression<'i32'>) => void

/** The product rounded to its upper 32 bits, and these rounded as they are shifted. */
function emitTwice(f: FunctionBuilder, value: Local<'i32'>): EmitRounded {
  const [right, mask] = [f.local('i32'), f.local('i32')]
  return (sum, at) => {
    const shifted = operation('i64.extend_i32_s', operation('i32.shl', sum, at(2)))
    const product = operation('i64.mul', shifted, operation('i64.extend_i32_s', at(1)))
    const high = operation('i64.shr_s', operation('i64.add', product, constant64(2 ** 30)), constant64(31))
    f.set(value, operation('i32.wrap_i64', high))
    f.set(right, at(3))
    f.set(mask, operation('i32.sub', operation('i32.shl', constant(1), get(right)), constant(1)))
    const half = operation('i32.shr_u', get(mask), constant(1))
    const negative = operation('i32.shr_u', get(value), constant(31))
    const rest = operation('i32.and', get(value), get(mask))
    const up = operation('i32.gt_s', rest, operation('i32.add', half, negative))
    f.set(value, operation('i32.add', operation('i32.shr_s', get(value), get(right)), up))
  }
}

/** The product shifted down at once, halves upwards: one place less than all of them, then 1 added before the last. */
function emitOnce(f: FunctionBuilder, value: Local<'i32'>): EmitRounded {
  return (sum, at) => {
    const product = operation(
      'i64.mul',
      operation('i64.extend_i32_s', sum),
      operation('i64.extend_i32_s', at(1)),
    )
    const places = operation('i32.add', operation('i32.sub', at(3), at(2)), constant(30))
    const doubled = operation('i64.shr_s', product, operation('i64.extend_i32_s', places))
    const nudged = operation('i64.add', doubled, constant64(1))
    f.set(value, operation('i32.wrap_i64', operation('i64.shr_s', nudged, constant64(1))))
  }
}
