import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { constant, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { narrowToInt16 } from '../epilogue/store-integers.ts'
import { hoist } from '../hoist.ts'
import { beginShortClamp } from '../reduction/clamp.ts'
import { beginShortSums } from '../reduction/short-sums.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'
import { beginWideDivision, largestWideCount } from './divide-by-count.ts'

/** Makes int16 numbers that are not negative. */
const raised = 2 ** 15

/**
 * The mean of the int16 of a window, halves away from zero, clamped: as `averageInteger` for signed bytes, raised by 2^15 while it
 * is divided.
 */
export function averageShorts(range: ActivationRange): WindowReduction {
  return {
    type: 'int16',
    largestCount: largestWideCount,
    begin(f) {
      const clamp = beginShortClamp(f, range)
      const sumsOf = beginShortSums(f)
      const beginQuotient = beginWideDivision(f)
      const lowered = hoist(f, new Int32Array(4).fill(-raised))
      const offset = f.local('v128')
      return (window) => {
        const count = window.rows * window.columns
        f.set(offset, vectorConstant(new Int32Array(4).fill((count >> 1) + raised * count)))
        const divide = beginQuotient(count)
        return (from) => {
          const quads = sumsOf(window, from)
          for (const quad of quads) {
            // Of an even count, negative halves go down.
            const sign = operation('i32x4.shr_s', get(quad), constant(31))
            if (count % 2 === 0) f.set(quad, operation('i32x4.add', get(quad), sign))
            f.set(quad, operation('i32x4.add', get(quad), get(offset)))
            divide(quad)
            f.set(quad, operation('i32x4.add', get(quad), get(lowered)))
          }
          const [shorts] = narrowToInt16(f, quads)
          clamp(shorts!)
          return shorts!
        }
      }
    },
  }
}
