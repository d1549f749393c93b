import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { beginByteClamp } from '../reduction/clamp.ts'
import { forEachTap } from '../reduction/window.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'

/** The largest stored integer of a window, clamped. */
export function maxInteger(type: 'int8' | 'uint8', range: ActivationRange): WindowReduction {
  const larger = type === 'int8' ? 'i8x16.max_s' : 'i8x16.max_u'
  return {
    type,
    begin(f) {
      const clamp = beginByteClamp(f, type, range)
      const largest = f.local('v128')
      return (window) => (from) => {
        f.set(largest, load('v128.load', get(from)))
        forEachTap(f, window, from, (address, offset) =>
          f.set(largest, operation(larger, get(largest), load('v128.load', address, offset))),
        )
        clamp(largest)
        return largest
      }
    },
  }
}
