import { differenceExponentials, softmaxScaling } from '../../ops/softmax/integer.ts'
import type { SoftmaxIntegerParameters } from '../../ops/softmax/parameters.ts'
import { constant, extractLane32, load, operation, select, shuffle, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { beginHighMultiply } from '../math/fixed-point.ts'
import { emitReciprocalSignificand } from '../math/reciprocal.ts'
import type { RowScratch, SoftmaxRows } from './softmax-rows.ts'

/** Integer bits of the sum of exponentials. */
const sumBits = 12
/** Bits between the quotient's Q0 and steps of 1 / 256. */
const unitBits = 31 - 8
const largestSum = 2 ** 31 - 1

/** Rows of int8 in the `tflite` arithmetic: integers only, equal to `softmaxInteger` bit for bit. */
export function fixedPointRows({ beta, inputScale }: SoftmaxIntegerParameters): SoftmaxRows {
  return {
    exponentials: differenceExponentials(softmaxScaling(beta, inputScale)),
    begin(f, row) {
      const [sum, headroom, shift] = [f.local('i32'), f.local('i32'), f.local('i32')]
      const [factor, rounding] = [f.local('v128'), f.local('v128')]
      const sumOfRow = beginSum(f, row)
      const multiply = beginHighMultiply(f)
      return {
        start: () => undefined,
        take: (entry, table, target, offset) =>
          f.emit(store('i32.store', target, load('i32.load', entry, table), offset)),
        complete() {
          f.set(sum, sumOfRow())
          f.set(headroom, operation('i32.clz', get(sum)))
          const significand = emitReciprocalSignificand(f, sum, headroom)
          f.set(factor, operation('i32x4.splat', get(significand)))
          f.set(shift, operation('i32.sub', constant(sumBits + unitBits), get(headroom)))
          emitRounding(f, shift, rounding)
        },
        quotient(quad) {
          const nudged = operation('i32x4.add', multiply(quad, factor), get(rounding))
          f.set(quad, operation('i32x4.shr_u', nudged, get(shift)))
        },
      }
    },
  }
}

/** Half of the last bit that a shift keeps. Above 31 no product reaches half a unit, which a shift by 31 says as well. */
function emitRounding(f: FunctionBuilder, shift: Local<'i32'>, rounding: Local<'v128'>): void {
  const isSmall = operation('i32.le_s', get(shift), constant(31))
  const half = operation('i32.shl', constant(1), operation('i32.sub', get(shift), constant(1)))
  f.set(rounding, operation('i32x4.splat', select(half, constant(0), isSmall)))
  f.set(shift, select(get(shift), constant(31), isSmall))
}

/** Writes the code that sums the exponentials of a row, each in Q`sumBits`, up to the largest int32. */
function beginSum(f: FunctionBuilder, { depth, scratch }: RowScratch): () => Expression<'i32'> {
  const [sums, at] = [f.local('v128'), f.local('i32')]
  const half = hoist(f, new Int32Array(4).fill(2 ** (sumBits - 1)))
  const limit = hoist(f, new Int32Array(4).fill(largestSum))
  const live = hoist(
    f,
    Int32Array.from({ length: 4 }, (_, lane) => (lane < depth % 4 ? -1 : 0)),
  )
  const include = (values: Expression<'v128'>): void =>
    f.set(sums, operation('i32x4.min_u', operation('i32x4.add', get(sums), values), get(limit)))
  const scaled = (values: Expression<'v128'>) =>
    operation('i32x4.shr_u', operation('i32x4.add', values, get(half)), constant(sumBits))
  const exponentials = () => load('v128.load', get(at), scratch)
  return () => {
    f.set(at, constant(0))
    f.set(sums, operation('i32x4.splat', constant(0)))
    f.repeat(depth >> 2, () => {
      include(scaled(exponentials()))
      f.increase(at, 16)
    })
    if (depth % 4 > 0) include(scaled(operation('v128.and', exponentials(), get(live))))
    const rotated = (lanes: readonly number[]) =>
      shuffle(
        get(sums),
        get(sums),
        lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)),
      )
    include(rotated([2, 3, 0, 1]))
    include(rotated([1, 0, 3, 2]))
    return extractLane32(get(sums), 0)
  }
}
