import { integerLimits } from '@quantrx/core'
import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'

/** Clamps all elements of a vector, in place. */
export type EmitClamp = (vector: Local<'v128'>) => void

const byteLimits = {
  int8: { max: 'i8x16.max_s', min: 'i8x16.min_s' },
  uint8: { max: 'i8x16.max_u', min: 'i8x16.min_u' },
} as const

/** Clamps stored integers of one byte; costs nothing where the range is that of the type. */
export function beginByteClamp(
  f: FunctionBuilder,
  type: 'int8' | 'uint8',
  { min, max }: ActivationRange,
): EmitClamp {
  const splat = (value: number) => hoist(f, new Uint8Array(16).fill(value))
  const limits = integerLimits[type]
  const low = min > limits.min ? splat(min) : undefined
  const high = max < limits.max ? splat(max) : undefined
  return (vector) => {
    if (low !== undefined) f.set(vector, operation(byteLimits[type].max, get(vector), get(low)))
    if (high !== undefined) f.set(vector, operation(byteLimits[type].min, get(vector), get(high)))
  }
}

/** Clamps int16; costs nothing where the range is that of the type. */
export function beginShortClamp(f: FunctionBuilder, { min, max }: ActivationRange): EmitClamp {
  const splat = (value: number) => hoist(f, new Int16Array(8).fill(value))
  const low = min > integerLimits.int16.min ? splat(min) : undefined
  const high = max < integerLimits.int16.max ? splat(max) : undefined
  return (vector) => {
    if (low !== undefined) f.set(vector, operation('i16x8.max_s', get(vector), get(low)))
    if (high !== undefined) f.set(vector, operation('i16x8.min_s', get(vector), get(high)))
  }
}

/** Clamps stored integers of a type. */
export function beginStoredClamp(
  f: FunctionBuilder,
  type: ActivationType,
  range: ActivationRange,
): EmitClamp {
  return type === 'int16' ? beginShortClamp(f, range) : beginByteClamp(f, type, range)
}

/** Clamps float32; NaN stays NaN. */
export function beginFloat32Clamp(f: FunctionBuilder, { min, max }: ActivationRange): EmitClamp {
  const splat = (value: number) => hoist(f, new Float32Array(4).fill(value))
  const low = min === -Infinity ? undefined : splat(min)
  const high = max === Infinity ? undefined : splat(max)
  return (vector) => {
    // With the value first the pseudo-maximum keeps NaN, as the comparisons of the reference do.
    if (low !== undefined) f.set(vector, operation('f32x4.pmax', get(vector), get(low)))
    if (high !== undefined) f.set(vector, operation('f32x4.pmin', get(vector), get(high)))
  }
}
