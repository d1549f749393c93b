import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { constant, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { beginByteSums } from '../reduction/byte-sums.ts'
import { beginByteClamp } from '../reduction/clamp.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'
import { averageShorts } from './average-shorts.ts'
import { beginDivision, largestCount } from './divide-by-count.ts'

/**
 * The mean of the stored integers of a window, halves away from zero, clamped.
 *
 * The division wants numbers that are not negative, so 128 is added to signed means before and subtracted after it:
 *
 *     mean = floor((sum + 128 * count + half - [sum < 0 and count is even]) / count) - 128,   half = floor(count / 2)
 *
 * An odd count has no halves; with an even one, a negative half is rounded down by the subtracted 1.
 */
export function averageInteger(type: ActivationType, range: ActivationRange): WindowReduction {
  if (type === 'int16') return averageShorts(range)
  const signed = type === 'int8'
  return {
    type,
    largestCount,
    begin(f) {
      const clamp = beginByteClamp(f, type, range)
      const sumsOf = beginByteSums(f, type)
      const beginQuotient = beginDivision(f)
      const narrow = beginNarrowBytes(f, type, signed ? -128 : 0)
      const offset = f.local('v128')
      return (window) => {
        const count = window.rows * window.columns
        const half = count >> 1
        f.set(offset, vectorConstant(new Int32Array(4).fill(signed ? half + 128 * count : half)))
        const divide = beginQuotient(count)
        return (from) => {
          const quads = sumsOf(window, from)
          for (const quad of quads) {
            if (signed && count % 2 === 0) roundHalvesDown(f, quad)
            f.set(quad, operation('i32x4.add', get(quad), get(offset)))
            divide(quad)
          }
          const bytes = narrow(quads)
          clamp(bytes)
          return bytes
        }
      }
    },
  }
}

/** Subtracts 1 from negative sums. */
function roundHalvesDown(f: FunctionBuilder, quad: Local<'v128'>): void {
  f.set(quad, operation('i32x4.add', get(quad), operation('i32x4.shr_s', get(quad), constant(31))))
}
