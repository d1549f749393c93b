import { constant, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginSaturatingShift, highMultiply } from './scalar-fixed-point.ts'

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
  return emitReciprocalOfOnePlus(
    f,
    operation('i32.xor', operation('i32.shl', get(x), get(headroom)), constant(-(2 ** 31))),
  )
}

/** Writes the code for `reciprocalOfOnePlus` of `math/gemmlowp.ts`: 1 / (1 + a) as Q0, for a in [0, 1] as Q0. */
export function emitReciprocalOfOnePlus(f: FunctionBuilder, a: Expression<'i32'>): Local<'i32'> {
  const [halfDenominator, estimate] = [f.local('i32'), f.local('i32')]
  const shiftLeft = beginSaturatingShift(f)
  // 1 is the highest bit; the half of what it makes with the rest loses the rest's lowest bit.
  const half = operation('i32.shr_u', a, constant(1))
  f.set(halfDenominator, operation('i32.add', half, constant(2 ** 30)))
  const line = highMultiply(get(halfDenominator), constant(-1010580540))
  f.set(estimate, operation('i32.add', constant(1515870810), line))
  for (let step = 0; step < 3; step++) {
    const rest = operation('i32.sub', constant(2 ** 29), highMultiply(get(halfDenominator), get(estimate)))
    const correction = shiftLeft(highMultiply(get(estimate), rest), constant(2))
    f.set(estimate, operation('i32.add', get(estimate), correction))
  }
  f.set(estimate, shiftLeft(get(estimate), constant(1)))
  return estimate
}
