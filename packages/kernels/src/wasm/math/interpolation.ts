import { constant, extractLane32, load, operation, replaceLane32 } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { EmitQuad } from './fixed-point.ts'

/** Bits of a distance between two entries of a table of 512 steps over all int16. */
const stepBits = 7

/** For each of 512 steps, its start and what it rises by, which must fit 16 bits: the lower and the upper half of an int32. */
export function stepsOf(ends: Int16Array): Int16Array {
  return Int16Array.from({ length: (ends.length - 1) * 2 }, (_, at) => {
    const index = at >> 1
    return at % 2 === 0 ? ends[index]! : ends[index + 1]! - ends[index]!
  })
}

/**
 * Replaces four int16, each in an int32, by what `interpolatedStored` gives.
 *
 * @param steps address of {@link stepsOf} a table.
 */
export function beginInterpolation(f: FunctionBuilder, steps: number): EmitQuad {
  const splat = (value: number): Local<'v128'> => hoist(f, new Int32Array(4).fill(value))
  const [middle, fractions, half] = [splat(256), splat(2 ** stepBits - 1), splat(2 ** (stepBits - 1))]
  const [index, found] = [f.local('v128'), f.local('v128')]
  const shifted = (vector: Expression<'v128'>, places: number) =>
    operation('i32x4.shr_s', vector, constant(places))
  return (quad) => {
    const step = operation('i32x4.add', shifted(get(quad), stepBits), get(middle))
    f.set(index, operation('i32x4.shl', step, constant(2)))
    f.set(found, get(index))
    for (let lane = 0; lane < 4; lane++) {
      const entry = load('i32.load', extractLane32(get(index), lane), steps)
      f.set(found, replaceLane32(get(found), lane, entry))
    }
    const fraction = operation('v128.and', get(quad), get(fractions))
    const rise = operation('i32x4.mul', fraction, shifted(get(found), 16))
    const start = shifted(operation('i32x4.shl', get(found), constant(16)), 16)
    f.set(quad, operation('i32x4.add', start, shifted(operation('i32x4.add', rise, get(half)), stepBits)))
  }
}
