import type { RequantizeOptions } from '../../arithmetic/requantize.ts'
import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { bitsOf, floatBits, packParameters } from './epilogue.ts'
import type { Epilogue } from './epilogue.ts'
import { beginNarrowBytes } from './narrow-bytes.ts'
import { storeIntegers } from './store-integers.ts'

/** 1.5 * 2^23: a float32 of up to 22 bits added to it is rounded to an integer, halves to even, in its lowest bits. */
const magic = 12582912

/** What an epilogue of integer sums needs. */
export interface RequantizeEpilogueOptions extends RequantizeOptions {
  readonly bias: Int32Array
  readonly outputType: 'int8' | 'uint8'
  /** Output positions that share the parameters of a channel; many when left out. */
  readonly positions?: number
  /** Bounds of the magnitude of the sums of each channel, bias included. */
  readonly largestSums?: Float64Array
  /**
   * Whether there is relaxed SIMD. Of what is implementation-defined there, nothing is used: its product of 16-bit fractions
   * differs where both are -1, and one of ours never is.
   */
  readonly relaxed?: boolean
  /** Whether sums start with their first parameter, whatever it is; without it, they hold nothing but the sums. */
  readonly startsAnywhere?: boolean
}

/**
 * Requantizes with float32 scales, the `xnnpack` arithmetic: the scaled sum plus `magic` is an integer whose order
 * is that of the results, so that clamping is done on it, and the zero point is subtracted together with the magic number.
 *
 * Sums of up to 22 bits start at the bits of `magic`, where they can: so they are floats already, `magic` too large, and no
 * conversion takes a turn of the units that multiply.
 */
export function floatRequantizeEpilogue(options: RequantizeEpilogueOptions): Epilogue {
  const { bias, scales, zeroPoint, range, outputType } = options
  const largest = outputType === 'int8' ? 127 : 255
  const boundsBelow = needsLowest(options)
  const areFloats = options.startsAnywhere === true && areShort(options.largestSums)
  return {
    outputBytes: 1,
    vectorsPerQuad: 2,
    signature: ['scaled', outputType, zeroPoint, range.min, range.max, boundsBelow, areFloats].join(' '),
    parameters: packParameters([
      areFloats ? shifted(bias, floatBits(magic)) : bias,
      bitsOf(scales.length > 1 ? new Float32Array(scales) : new Float32Array(bias.length).fill(scales[0]!)),
    ]),
    begin(f) {
      const rounding = hoist(f, new Float32Array(4).fill(magic))
      const lowest = boundsBelow
        ? hoist(f, new Int32Array(4).fill(floatBits(magic + range.min - zeroPoint)))
        : undefined
      const offset = hoist(f, new Int32Array(4).fill(floatBits(magic) - zeroPoint))
      const highest = range.max < largest ? hoist(f, new Uint8Array(16).fill(range.max)) : undefined
      const narrow = beginNarrowBytes(f, outputType, 0)
      const minimum = outputType === 'int8' ? 'i8x16.min_s' : 'i8x16.min_u'
      return (tile) => {
        tile.sums.forEach((quads) =>
          quads.forEach((sum, quad) => {
            const scale = load('v128.load', get(tile.parameters), (quad * 2 + 1) * 16)
            const float = areFloats
              ? operation('f32x4.sub', get(sum), get(rounding))
              : operation('f32x4.convert_i32x4_s', get(sum))
            const scaled = operation('f32x4.mul', float, scale)
            const rounded = operation('f32x4.add', scaled, get(rounding))
            const bounded = lowest === undefined ? rounded : operation('i32x4.max_s', rounded, get(lowest))
            f.set(sum, operation('i32x4.sub', bounded, get(offset)))
          }),
        )
        storeIntegers(f, tile, (quads) => {
          const bytes = narrow(quads)
          if (highest !== undefined) f.set(bytes, operation(minimum, get(bytes), get(highest)))
        })
      }
    },
  }
}

/** Each number with another added, as int32 that wrap. */
function shifted(values: Int32Array, by: number): Int32Array {
  const sums = new Int32Array(values.length)
  for (let at = 0; at < sums.length; at++) sums[at] = values[at]! + by
  return sums
}

/** Narrowing saturates at the type's smallest value by itself, as long as `magic` has room for the scaled sums. */
function needsLowest({ scales, range, outputType, largestSums }: RequantizeEpilogueOptions): boolean {
  if (largestSums === undefined || range.min > (outputType === 'int8' ? -128 : 0)) return true
  const perChannel = scales.length > 1 ? 1 : 0
  for (let channel = 0; channel < largestSums.length; channel++)
    if (largestSums[channel]! * scales[channel * perChannel]! >= 2 ** 21) return true
  return false
}

/** Sums below have room in `magic`. */
export const endOfShort = 2 ** 22

/** Whether `magic` has room for all sums, given their bounds. */
function areShort(largestSums: Float64Array | undefined): boolean {
  if (largestSums === undefined) return false
  for (let channel = 0; channel < largestSums.length; channel++)
    if (!(largestSums[channel]! < endOfShort)) return false
  return true
}
