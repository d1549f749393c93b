import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { float32, load, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { beginFloat32Clamp } from './clamp.ts'
import { forEachTap } from './window.ts'
import type { WindowReduction } from './window-reduction.ts'

/** The mean of a window in float32: its elements row by row added to 0, then divided by their number, clamped. */
export function averageFloat32(range: ActivationRange): WindowReduction {
  return {
    type: 'float32',
    begin(f) {
      const clamp = beginFloat32Clamp(f, range)
      const [sum, count] = [f.local('v128'), f.local('v128')]
      return (window) => {
        f.set(count, operation('f32x4.splat', float32(window.rows * window.columns)))
        return (from) => {
          f.set(sum, vectorConstant(new Uint8Array(16)))
          forEachTap(f, window, from, (address, offset) =>
            f.set(sum, operation('f32x4.add', get(sum), load('v128.load', address, offset))),
          )
          f.set(sum, operation('f32x4.div', get(sum), get(count)))
          clamp(sum)
          return sum
        }
      }
    },
  }
}
