import { load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { Epilogue } from './epilogue.ts'
import type { WideRequantizeOptions } from './requantize-wide.ts'
import { storeShorts } from './store-shorts.ts'

/** Zeros that sums start with, then biases and scales of four channels in float64. */
const vectorsPerQuad = 5

/** Less than a half by the least: a number reaches the next integer by it from its half on, and not before. */
const belowHalf = 0.5 - 2 ** -54

const bytesFrom = (first: number): readonly number[] => Array.from({ length: 8 }, (_, byte) => first + byte)

/**
 * Requantization of 32-bit sums to int16 in float64, halves away from zero, equal to `wideFloatRequantizer`: the `xnnpack`
 * arithmetic of FULLY_CONNECTED.
 *
 * @returns undefined where a sum may need more than 32 bits.
 */
export function wideFloatRequantizeEpilogue(options: WideRequantizeOptions): Epilogue | undefined {
  const { scales, zeroPoint, range, bias, largestSums } = options
  if (largestSums.some((sum) => sum >= 2 ** 31)) return undefined
  return {
    ...{ outputBytes: 2, vectorsPerQuad, parameters: packFactors(bias, scales) },
    signature: ['wide in float64', zeroPoint, range.min, range.max].join(' '),
    begin(f) {
      const [upperPair, lowerPairs] = [
        [...bytesFrom(8), ...bytesFrom(8)],
        [...bytesFrom(0), ...bytesFrom(16)],
      ]
      const rounded = beginRounding(f, options)
      const zeroPoints = zeroPoint === 0 ? undefined : hoist(f, new Int32Array(4).fill(zeroPoint))
      const high = f.local('v128')
      return (tile) => {
        for (const quads of tile.sums)
          quads.forEach((sum, quad) => {
            const parameter = (vector: number): Expression<'v128'> =>
              load('v128.load', get(tile.parameters), (quad * vectorsPerQuad + vector) * 16)
            f.set(high, rounded(shuffle(get(sum), get(sum), upperPair), parameter(2), parameter(4)))
            f.set(sum, shuffle(rounded(get(sum), parameter(1), parameter(3)), get(high), lowerPairs))
            if (zeroPoints !== undefined) f.set(sum, operation('i32x4.add', get(sum), get(zeroPoints)))
          })
        storeShorts(f, tile, () => undefined)
      }
    },
  }
}

/** For each four channels their biases, then their scales, behind four zeros. */
function packFactors(bias: Float64Array, scales: readonly number[]): Int32Array {
  const packed = new Float64Array(Math.ceil(bias.length / 4) * vectorsPerQuad * 2)
  bias.forEach((value, channel) => {
    const at = (channel >> 2) * vectorsPerQuad * 2 + 2 + (channel & 3)
    packed[at] = value
    packed[at + 4] = scales[scales.length > 1 ? channel : 0]!
  })
  return new Int32Array(packed.buffer)
}

/** The integers nearest to two scaled sums, the lower ones of a vector, less the zero point. */
type EmitRounded = (
  sums: Expression<'v128'>,
  bias: Expression<'v128'>,
  scales: Expression<'v128'>,
) => Expression<'v128'>

function beginRounding(
  f: FunctionBuilder,
  { zeroPoint, range }: Pick<WideRequantizeOptions, 'zeroPoint' | 'range'>,
): EmitRounded {
  const both = (value: number) => hoist(f, new Float64Array(2).fill(value))
  // Bounds are integers, so clamping before rounding is the same, and all that is rounded fits.
  const [lowest, highest] = [both(range.min - zeroPoint), both(range.max - zeroPoint)]
  const [sign, half] = [both(-0), both(belowHalf)]
  const scaled = f.local('v128')
  return (sums, bias, scales) => {
    const sum = operation('f64x2.add', operation('f64x2.convert_low_i32x4_s', sums), bias)
    const product = operation('f64x2.mul', sum, scales)
    const bounded = operation('f64x2.pmin', operation('f64x2.pmax', product, get(lowest)), get(highest))
    f.set(scaled, bounded)
    const halfOfSign = operation('v128.or', operation('v128.and', get(scaled), get(sign)), get(half))
    return operation('i32x4.trunc_sat_f64x2_s_zero', operation('f64x2.add', get(scaled), halfOfSign))
  }
}
