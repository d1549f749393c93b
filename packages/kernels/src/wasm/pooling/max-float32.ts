import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { beginFloat32Clamp } from '../reduction/clamp.ts'
import { forEachTap } from '../reduction/window.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'

/** The largest float32 of a window, clamped. */
export function maxFloat32(range: ActivationRange): WindowReduction {
  return {
    type: 'float32',
    begin(f) {
      const clamp = beginFloat32Clamp(f, range)
      const largest = f.local('v128')
      return (window) => (from) => {
        f.set(largest, load('v128.load', get(from)))
        // With the new value first the pseudo-maximum treats NaN and -0 as the comparison of the reference does.
        forEachTap(f, window, from, (address, offset) =>
          f.set(largest, operation('f32x4.pmax', load('v128.load', address, offset), get(largest))),
        )
        clamp(largest)
        return largest
      }
    },
  }
}
