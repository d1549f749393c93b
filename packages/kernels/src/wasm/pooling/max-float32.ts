import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { beginFloat32Clamp } from '../reduction/clamp.ts'
import { forEachTap } from '../reduction/window.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'

/**
 * The largest float32 of a window, clamped. As in the reference the first of 0 and -0 stays, and after NaN the maximum starts
 * anew.
 */
export function maxFloat32(range: ActivationRange): WindowReduction {
  return {
    type: 'float32',
    begin(f) {
      const clamp = beginFloat32Clamp(f, range)
      const [largest, value] = [f.local('v128'), f.local('v128')]
      return (window) => (from) => {
        f.set(largest, load('v128.load', get(from)))
        forEachTap(f, window, from, (address, offset) => {
          f.set(value, load('v128.load', address, offset))
          // Neither the maximum nor the pseudo-maximum of WebAssembly treats NaN and -0 in this way.
          const stays = operation('f32x4.le', get(value), get(largest))
          f.set(largest, operation('v128.bitselect', get(largest), get(value), stays))
        })
        clamp(largest)
        return largest
      }
    },
  }
}
