import { integerLimits } from '@quantrx/core'
import type { BinaryIntegerParameters } from '../../shared/binary.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'

/** Types of elements that fill a vector sixteen at a time. */
export type ByteType = 'int8' | 'uint8'

/** Stored integers of a {@link ByteType}. */
export type ByteArray = Int8Array | Uint8Array

/** A binary operator on 8-bit integers. */
export type ByteParameters = BinaryIntegerParameters & { readonly type: ByteType }

/** The stored integer that is 0 as a signed byte. */
export const middleOf = (type: ByteType): number => integerLimits[type].min + 128

/** True for zero points between the limits of a type, as those of sound models are. */
export function holdsZeroPoint(type: ActivationType, zeroPoint: number): boolean {
  const { min, max } = integerLimits[type]
  return zeroPoint >= min && zeroPoint <= max
}

/** What turns the lower and the upper eight bytes into int16. */
export const extensions = {
  int8: ['i16x8.extend_low_i8x16_s', 'i16x8.extend_high_i8x16_s'],
  uint8: ['i16x8.extend_low_i8x16_u', 'i16x8.extend_high_i8x16_u'],
} as const

/** Writes code that replaces the value of a variable. */
export type EmitVector = (vector: Local<'v128'>) => void

/** Takes stored integers to signed bytes of the same order: for uint8 128 less. */
export function beginSigned(f: FunctionBuilder, type: ByteType): EmitVector {
  if (type === 'int8') return () => undefined
  const highBit = hoist(f, new Uint8Array(16).fill(0x80))
  return (vector) => f.set(vector, operation('v128.xor', get(vector), get(highBit)))
}

/** A table of the values of a type in ascending order, as one that starts with 0: -1 and 255 are both entry 255. */
export function byBitPattern(type: ByteType, table: Int32Array): Int32Array {
  return type === 'uint8' ? table : Int32Array.of(...table.subarray(128), ...table.subarray(0, 128))
}
