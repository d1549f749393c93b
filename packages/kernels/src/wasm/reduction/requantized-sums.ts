import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { narrowToInt16 } from '../epilogue/store-integers.ts'
import { hoist } from '../hoist.ts'
import type { EmitQuad } from '../math/fixed-point.ts'
import { beginByteSums } from './byte-sums.ts'
import { beginStoredClamp } from './clamp.ts'
import { beginShortSums } from './short-sums.ts'
import type { WindowReduction } from './window-reduction.ts'

/** How sums of stored integers become outputs of the same type. */
export interface SumRequantization {
  readonly type: ActivationType
  readonly range: ActivationRange
  /** Subtracted from each element. */
  readonly centre: number
  /** Added to the integers that `begin` leaves; 0 for int16. */
  readonly offset: number
  /** The code that replaces four sums of `count` elements, int32, by four int32. */
  begin(f: FunctionBuilder, count: number): EmitQuad
}

/** The sum of a window of stored integers, requantized and clamped. */
export function requantizedSums({ type, range, centre, offset, begin }: SumRequantization): WindowReduction {
  return {
    type,
    begin(f) {
      const clamp = beginStoredClamp(f, type, range)
      const sumsOf = type === 'int16' ? beginShortSums(f) : beginByteSums(f, type)
      const narrow = type === 'int16' ? beginNarrowShorts(f) : beginNarrowBytes(f, type, offset)
      return (window) => {
        const count = window.rows * window.columns
        const centres = centre === 0 ? undefined : hoist(f, new Int32Array(4).fill(centre * count))
        const scale = begin(f, count)
        return (from) => {
          const quads = sumsOf(window, from)
          for (const quad of quads) {
            if (centres !== undefined) f.set(quad, operation('i32x4.sub', get(quad), get(centres)))
            scale(quad)
          }
          const stored = narrow(quads)
          clamp(stored)
          return stored
        }
      }
    },
  }
}

const beginNarrowShorts =
  (f: FunctionBuilder) =>
  (quads: readonly Local<'v128'>[]): Local<'v128'> =>
    narrowToInt16(f, quads)[0]!

/** The code that replaces four int32 by `round(sum * factor + offset)` in float32, halves to even, saturated to int32. */
export function beginRoundedLine(f: FunctionBuilder, factor: number, offset: number): EmitQuad {
  const factors = hoist(f, new Float32Array(4).fill(factor))
  const offsets = hoist(f, new Float32Array(4).fill(offset))
  return (quad) => {
    const scaled = operation('f32x4.mul', operation('f32x4.convert_i32x4_s', get(quad)), get(factors))
    const rounded = operation('f32x4.nearest', operation('f32x4.add', scaled, get(offsets)))
    f.set(quad, operation('i32x4.trunc_sat_f32x4_s', rounded))
  }
}
