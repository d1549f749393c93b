import {
  denominatorConstant,
  denominatorLinear,
  denominatorSquare,
  fourthRootOfHalf,
  ln2,
  numeratorCubic,
  rootOfHalf,
} from '../../math/fixed-point-log.ts'
import { constant, operation, select } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { emitReciprocalOfOnePlus } from './reciprocal.ts'
import { beginSaturatingShift, beginScalarDivision, highMultiply } from './scalar-fixed-point.ts'

/**
 * Writes the code for `fixedPointLog` of `math/fixed-point-log.ts`, operation for operation, with integers only.
 *
 * @param value At least 1 with `integerBits` integer bits, of which there are fewer than `resultBits` can count.
 * @returns the logarithm in Q`resultBits`.
 */
export function emitFixedPointLog(
  f: FunctionBuilder,
  value: Local<'i32'>,
  integerBits: number,
  resultBits: number,
): Local<'i32'> {
  const workingBits = resultBits + 1
  const { significand, exponent } = emitSplitAtRoot(f, value, integerBits, workingBits)
  const logarithm = f.local('i32')
  const shiftLeft = beginSaturatingShift(f)
  const fraction = emitLogOfFraction(f, significand, workingBits)
  const sum = operation('i32.add', highMultiply(get(exponent), constant(ln2)), fraction)
  f.set(logarithm, shiftLeft(sum, constant(1)))
  return logarithm
}

/** The significand from 2^(-1/2) to 1, and the exponent of what is left of it, as the reference has them. */
function emitSplitAtRoot(f: FunctionBuilder, value: Local<'i32'>, integerBits: number, workingBits: number) {
  const quarter = constant(2 ** (29 - workingBits))
  const [significand, exponent, shift, other] = [
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
  ]
  const shiftLeft = beginSaturatingShift(f)
  const wholeBits = (bits: number) =>
    operation('i32.shl', operation('i32.sub', constant(bits), get(shift)), constant(31 - workingBits))
  f.set(shift, headroomOf(get(value)))
  const scaled = highMultiply(operation('i32.shl', get(value), get(shift)), constant(rootOfHalf))
  f.set(significand, shiftLeft(scaled, constant(1)))
  f.set(exponent, operation('i32.add', wholeBits(integerBits - 1), quarter))

  f.set(shift, headroomOf(highMultiply(get(value), constant(rootOfHalf))))
  f.set(other, shiftLeft(get(value), get(shift)))
  const isSmaller = operation('i32.lt_s', get(other), get(significand))
  f.set(significand, select(get(other), get(significand), isSmaller))
  f.set(other, operation('i32.sub', wholeBits(integerBits), quarter))
  f.set(exponent, select(get(other), get(exponent), operation('i32.gt_s', get(other), get(exponent))))
  return { significand, exponent }
}

/** Leading zeros but for that of the sign. */
const headroomOf = (value: Expression<'i32'>): Expression<'i32'> =>
  operation('i32.sub', operation('i32.clz', value), constant(1))

/** ln(significand * 2^(1/4)) in the working format. */
function emitLogOfFraction(
  f: FunctionBuilder,
  significand: Local<'i32'>,
  workingBits: number,
): Expression<'i32'> {
  const [middle, twice, square] = [f.local('i32'), f.local('i32'), f.local('i32')]
  const [numerator, denominator] = [f.local('i32'), f.local('i32')]
  const divide = beginScalarDivision(f)
  const sum = operation('i32.add', get(significand), constant(fourthRootOfHalf + 1))
  f.set(middle, operation('i32.shr_u', sum, constant(1)))
  const difference = operation('i32.sub', get(significand), constant(fourthRootOfHalf))
  f.set(twice, operation('i32.shl', difference, constant(1)))
  f.set(square, highMultiply(get(twice), get(twice)))
  const cubic = highMultiply(highMultiply(get(twice), get(square)), constant(numeratorCubic))
  f.set(numerator, operation('i32.add', highMultiply(get(twice), get(significand)), cubic))
  const quadratic = operation(
    'i32.add',
    operation('i32.add', constant(denominatorConstant), get(twice)),
    highMultiply(constant(denominatorSquare), get(square)),
  )
  const linear = highMultiply(constant(denominatorLinear), get(twice))
  f.set(denominator, operation('i32.add', highMultiply(get(middle), quadratic), linear))
  const reciprocal = emitReciprocalOfOnePlus(f, get(denominator))
  return highMultiply(divide(get(numerator), workingBits), get(reciprocal))
}
