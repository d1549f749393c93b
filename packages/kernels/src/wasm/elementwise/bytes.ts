import { integerLimits } from '@quantrx/core'
import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { BinaryIntegerParameters } from '../../shared/binary.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoisted } from './vectors.ts'
import type { EmitChange } from './vectors.ts'

/** Types of elements that fill a vector sixteen at a time. */
export type ByteType = 'int8' | 'uint8'

/** A binary operator on 8-bit integers. */
export type ByteParameters = BinaryIntegerParameters & { readonly type: ByteType }

/** The stored integer that is 0 as a signed byte. */
export const middleOf = (type: ByteType): number => integerLimits[type].min + 128

/** True for zero points between the limits of a type, as those of sound models are. */
export function holdsZeroPoint(type: ByteType, zeroPoint: number): boolean {
  const { min, max } = integerLimits[type]
  return zeroPoint >= min && zeroPoint <= max
}

/** What turns the lower and the upper eight bytes into int16. */
export const extensions = {
  int8: ['i16x8.extend_low_i8x16_s', 'i16x8.extend_high_i8x16_s'],
  uint8: ['i16x8.extend_low_i8x16_u', 'i16x8.extend_high_i8x16_u'],
} as const

/** Takes stored integers to signed bytes of the same order: for uint8 128 less. */
export function beginSigned(f: FunctionBuilder, type: ByteType): EmitChange {
  if (type === 'int8') return () => undefined
  const highBit = hoisted(f, new Uint8Array(16).fill(0x80))
  return (vector) => f.set(vector, operation('v128.xor', get(vector), get(highBit)))
}

const byteClamps = {
  int8: { ...integerLimits.int8, atLeast: 'i8x16.max_s', atMost: 'i8x16.min_s' },
  uint8: { ...integerLimits.uint8, atLeast: 'i8x16.max_u', atMost: 'i8x16.min_u' },
} as const

/** Clamps sixteen stored integers; bounds at the ends of their type cost nothing. */
export function beginClampBytes(
  f: FunctionBuilder,
  type: ByteType,
  { min, max }: ActivationRange,
): EmitChange {
  const limits = byteClamps[type]
  const bytes = (value: number): Local<'v128'> => hoisted(f, new Uint8Array(16).fill(value))
  const low = min > limits.min ? bytes(min) : undefined
  const high = max < limits.max ? bytes(max) : undefined
  return (vector) => {
    if (low !== undefined) f.set(vector, operation(limits.atLeast, get(vector), get(low)))
    if (high !== undefined) f.set(vector, operation(limits.atMost, get(vector), get(high)))
  }
}
