import { constant, operation, select } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'

/** `round(a * b / 2^31)`, halves towards +infinity, but for -2^31 times itself. */
export function highMultiply(a: Expression<'i32'>, b: Expression<'i32'>): Expression<'i32'> {
  const wide = (value: Expression<'i32'>) => operation('i64.extend_i32_s', value)
  const nudged = operation('i64.add', operation('i64.mul', wide(a), wide(b)), wide(constant(2 ** 30)))
  return operation('i32.wrap_i64', operation('i64.shr_s', nudged, wide(constant(31))))
}

/** `value * 2^bits`, held within int32, for bits from 0 to 31. */
export type EmitSaturatingShift = (value: Expression<'i32'>, bits: Expression<'i32'>) => Expression<'i32'>

/** The value is evaluated before the code that uses the result. */
export function beginSaturatingShift(f: FunctionBuilder): EmitSaturatingShift {
  const [value, shifted] = [f.local('i32'), f.local('i32')]
  return (of, bits) => {
    f.set(value, of)
    f.set(shifted, operation('i32.shl', get(value), bits))
    const limit = operation(
      'i32.xor',
      operation('i32.shr_s', get(value), constant(31)),
      constant(2 ** 31 - 1),
    )
    const fits = operation('i32.eq', operation('i32.shr_s', get(shifted), bits), get(value))
    return select(get(shifted), limit, fits)
  }
}

/** Writes the code for `value / 2^exponent`, halves away from zero, for a constant exponent from 0 to 31. */
export function beginScalarDivision(
  f: FunctionBuilder,
): (of: Expression<'i32'>, exponent: number) => Expression<'i32'> {
  const value = f.local('i32')
  return (of, exponent) => {
    if (exponent === 0) return of
    const mask = exponent === 31 ? 0x7fffffff : (1 << exponent) - 1
    f.set(value, of)
    const sign = operation('i32.shr_u', get(value), constant(31))
    const remainder = operation('i32.and', get(value), constant(mask))
    const isAbove = operation('i32.gt_s', remainder, operation('i32.add', sign, constant(mask >> 1)))
    return operation('i32.add', operation('i32.shr_s', get(value), constant(exponent)), isAbove)
  }
}
