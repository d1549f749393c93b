import { constant, operation, select } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/**
 * Writes the code for the significand of `fixedPointReciprocal` of `math/gemmlowp.ts`, operation for operation, with integers
 * only.
 *
 * @returns the significand of 1 / x, as Q0, for an x above 0 that has `headroom` leading zeros.
 */
export function emitReciprocalSignificand(
  f: FunctionBuilder,
  x: Local<'i32'>,
  headroom: Local<'i32'>,
): Local<'i32'> {
  const [halfDenominator, estimate] = [f.local('i32'), f.local('i32')]
  const shiftLeft = beginSaturatingShift(f)
  // 1 is the highest bit; the half of what it makes with the rest loses the rest's lowest bit.
  const fraction = operation('i32.xor', operation('i32.shl', get(x), get(headroom)), constant(-(2 ** 31)))
  const half = operation('i32.shr_u', fraction, constant(1))
  f.set(halfDenominator, operation('i32.add', half, constant(2 ** 30)))
  const line = multiply(get(halfDenominator), constant(-1010580540))
  f.set(estimate, operation('i32.add', constant(1515870810), line))
  for (let step = 0; step < 3; step++) {
    const rest = operation('i32.sub', constant(2 ** 29), multiply(get(halfDenominator), get(estimate)))
    const correction = shiftLeft(multiply(get(estimate), rest), 2)
    f.set(estimate, operation('i32.add', get(estimate), correction))
  }
  f.set(estimate, shiftLeft(get(estimate), 1))
  return estimate
}

/** `round(a * b / 2^31)`, halves towards +infinity. */
function multiply(a: Expression<'i32'>, b: Expression<'i32'>): Expression<'i32'> {
  const wide = (value: Expression<'i32'>) => operation('i64.extend_i32_s', value)
  const nudged = operation('i64.add', operation('i64.mul', wide(a), wide(b)), wide(constant(2 ** 30)))
  return operation('i32.wrap_i64', operation('i64.shr_s', nudged, wide(constant(31))))
}

type SaturatingShift = (value: Expression<'i32'>, bits: number) => Expression<'i32'>

/** The value is evaluated before the code that uses the result. */
function beginSaturatingShift(f: FunctionBuilder): SaturatingShift {
  const [value, shifted] = [f.local('i32'), f.local('i32')]
  return (of, bits) => {
    f.set(value, of)
    f.set(shifted, operation('i32.shl', get(value), constant(bits)))
    const limit = operation(
      'i32.xor',
      operation('i32.shr_s', get(value), constant(31)),
      constant(2 ** 31 - 1),
    )
    const fits = operation('i32.eq', operation('i32.shr_s', get(shifted), constant(bits)), get(value))
    return select(get(shifted), limit, fits)
  }
}
