import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { beginStoredClamp } from '../reduction/clamp.ts'
import { forEachTap } from '../reduction/window.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'

const instructions = { int8: 'i8x16.max_s', uint8: 'i8x16.max_u', int16: 'i16x8.max_s' } as const

/** The largest stored integer of a window, clamped. */
export function maxInteger(type: ActivationType, range: ActivationRange): WindowReduction {
  const larger = instructions[type]
  return {
    type,
    begin(f) {
      const clamp = beginStoredClamp(f, type, range)
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
