import { roundingDivideByPowerOfTwo } from '../../arithmetic/fixed-point.ts'
import { logSoftmaxFormat, reverseSoftmaxScaling } from '../../ops/log-softmax/integer.ts'
import type { LogSoftmaxIntegerParameters } from '../../ops/log-softmax/parameters.ts'
import { differenceExponentials, softmaxScaling } from '../../ops/softmax/integer.ts'
import type { SoftmaxScaling } from '../../ops/softmax/integer.ts'
import { constant, load, operation, select } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { beginHighMultiply, beginRoundingDivision } from '../math/fixed-point.ts'
import type { EmitQuad } from '../math/fixed-point.ts'
import { emitFixedPointLog } from '../math/fixed-point-log.ts'
import { beginScalarDivision, highMultiply } from '../math/scalar-fixed-point.ts'
import type { LogRows } from './log-softmax-integer.ts'

const { differenceBits, sumBits, outputShift } = logSoftmaxFormat

/** Exponentials of longer rows might add up to more than int32 holds. */
const largestDepth = 2 ** sumBits - 1

/** Far enough below every output. */
const beyondOutputs = -1024

/**
 * Rows of int8 in the `tflite` arithmetic: integers only, equal to `logSoftmaxInteger` bit for bit.
 *
 * @returns undefined for rows of more than 4095 elements, and for scales so small that differences are shifted to the right.
 */
export function logFixedPointRows({ depth, inputScale }: LogSoftmaxIntegerParameters): LogRows | undefined {
  const scaling = softmaxScaling(1, inputScale)
  if (depth > largestDepth || scaling.multiplier === 0 || scaling.leftShift < 0) return undefined
  const exponentials = differenceExponentials(scaling)
  return {
    exponentials: exponentials.map((value) => roundingDivideByPowerOfTwo(value, sumBits)),
    constants: [],
    begin(f) {
      const sum = f.local('i32')
      const { complete, output } = beginOutput(f, scaling)
      return {
        start: () => f.set(sum, constant(0)),
        take: (entry, table) => f.set(sum, operation('i32.add', get(sum), load('i32.load', entry, table))),
        complete: (largest) => complete(largest, emitFixedPointLog(f, sum, sumBits, differenceBits)),
        output,
      }
    },
  }
}

/** What outputs are made of: differences from the largest element in Q5, less the logarithm of the sum. */
function beginOutput(f: FunctionBuilder, scaling: SoftmaxScaling) {
  const [largests, logarithms, smallest] = [f.local('v128'), f.local('v128'), f.local('v128')]
  const [difference, isInside] = [f.local('v128'), f.local('v128')]
  const factor = hoist(f, new Int32Array(4).fill(scaling.multiplier))
  const below = hoist(f, new Int32Array(4).fill(beyondOutputs))
  const multiply = beginHighMultiply(f)
  const divide = beginRoundingDivision(f, outputShift)
  const emitSmallest = beginSmallest(f, scaling)
  const output: EmitQuad = (quad) => {
    f.set(difference, operation('i32x4.sub', get(quad), get(largests)))
    f.set(isInside, operation('i32x4.gt_s', get(difference), get(smallest)))
    f.set(difference, operation('i32x4.shl', get(difference), constant(scaling.leftShift)))
    f.set(quad, operation('i32x4.sub', multiply(difference, factor), get(logarithms)))
    divide(quad)
    f.set(quad, operation('v128.bitselect', get(quad), get(below), get(isInside)))
  }
  const complete = (largest: Local<'i32'>, logarithm: Local<'i32'>): void => {
    f.set(largests, operation('i32x4.splat', get(largest)))
    f.set(logarithms, operation('i32x4.splat', get(logarithm)))
    f.set(smallest, operation('i32x4.splat', get(emitSmallest(logarithm))))
  }
  return { complete, output }
}

/** Writes the code for the difference at and below which outputs are beyond what Q5 holds, once the logarithm is subtracted. */
function beginSmallest(f: FunctionBuilder, scaling: SoftmaxScaling) {
  const { multiplier, shift } = reverseSoftmaxScaling(scaling)
  const radius = scaling.smallestDifference - 1
  const limit = f.local('i32')
  const divide = beginScalarDivision(f)
  return (logarithm: Local<'i32'>): Local<'i32'> => {
    const room = operation('i32.sub', get(logarithm), constant(-(2 ** 31)))
    const shifted = shift > 0 ? operation('i32.shl', room, constant(shift)) : room
    f.set(limit, divide(highMultiply(shifted, constant(multiplier)), Math.max(0, -shift)))
    f.set(limit, select(get(limit), constant(radius), operation('i32.gt_s', get(limit), constant(radius))))
    return limit
  }
}
