import { load, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { forEachTap } from './window.ts'
import type { WindowReduction } from './window-reduction.ts'

/** The sum of a window in float32: its elements row by row added to 0. */
export const sumFloat32: WindowReduction = {
  type: 'float32',
  begin(f) {
    const sum = f.local('v128')
    return (window) => (from) => {
      f.set(sum, vectorConstant(new Uint8Array(16)))
      forEachTap(f, window, from, (address, offset) =>
        f.set(sum, operation('f32x4.add', get(sum), load('v128.load', address, offset))),
      )
      return sum
    }
  },
}
