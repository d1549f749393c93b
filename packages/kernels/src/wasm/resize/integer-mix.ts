import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { BilinearPositions } from '../../ops/resize-bilinear/interpolate.ts'
import { load, operation } from '../assembler/expression.ts'
import type { ByteType } from '../elementwise/bytes.ts'
import type { BilinearMix } from './mix.ts'
import { beginMix, bitsOfPositions, mixIn } from './weighted-mix.ts'
import type { Numbers } from './weighted-mix.ts'

/**
 * Of 8-bit integers, in the arithmetic that is asked for. Distances are often halves, quarters or eighths, of which a sum of four
 * weighted pixels needs 16 bits instead of 32.
 *
 * @param positions which distances there are.
 */
export function integerMix(
  type: ByteType,
  arithmetic: Arithmetic,
  positions: BilinearPositions,
): BilinearMix {
  const bits = bitsOfPositions(positions, arithmetic)
  const unit = 2 ** bits.sum
  const isShort = (type === 'int8' ? 128 : 255) * unit + unit / 2 < 2 ** 15
  const numbers = isShort ? shorts : words
  return {
    ...{ ...mixIn(numbers, bits, arithmetic), elementBytes: 1, load: numbers.load[type] },
    begin(f) {
      const mix = beginMix(f, numbers, bits, arithmetic)
      return (pixels, y, x) => {
        const mixed = mix(pixels, y, x)
        const half = isShort ? mixed : operation('i16x8.narrow_i32x4_s', mixed, mixed)
        return operation(type === 'int8' ? 'i8x16.narrow_i16x8_s' : 'i8x16.narrow_i16x8_u', half, half)
      }
    },
  }
}

/** Bits of distances with which weighted int16 still fit 32 bits. */
const mostShortBits = 16

/**
 * Of int16, for which both arithmetics are `tflite`.
 *
 * @returns undefined for distances of so many bits that sums need 64.
 */
export function shortMix(positions: BilinearPositions): BilinearMix | undefined {
  const bits = bitsOfPositions(positions, 'tflite')
  if (bits.sum > mostShortBits) return undefined
  return {
    ...{ ...mixIn(words, bits, 'tflite'), elementBytes: 2 },
    load: (address) => load('v128.load16x4_s', address),
    begin(f) {
      const mix = beginMix(f, words, bits, 'tflite')
      return (pixels, y, x) => {
        const mixed = mix(pixels, y, x)
        return operation('i16x8.narrow_i32x4_s', mixed, mixed)
      }
    },
  }
}

interface ByteNumbers extends Numbers {
  readonly load: Readonly<Record<ByteType, BilinearMix['load']>>
}

/** Numbers of 16 and of 32 bits. */
const shorts = {
  ...{ name: 'int16', shape: 'i16x8', lanes: 8, signShift: 15 },
  repeat: (value: number): number => (value & 0xffff) | (value << 16),
  load: {
    int8: (address) => load('v128.load8x8_s', address),
    uint8: (address) => load('v128.load8x8_u', address),
  },
} as const satisfies ByteNumbers
const words = {
  ...{ name: 'int32', shape: 'i32x4', lanes: 4, signShift: 31 },
  repeat: (value: number): number => value,
  load: {
    int8: (address) =>
      operation(
        'i32x4.extend_low_i16x8_s',
        operation('i16x8.extend_low_i8x16_s', load('v128.load32_zero', address)),
      ),
    uint8: (address) =>
      operation(
        'i32x4.extend_low_i16x8_s',
        operation('i16x8.extend_low_i8x16_u', load('v128.load32_zero', address)),
      ),
  },
} as const satisfies ByteNumbers
