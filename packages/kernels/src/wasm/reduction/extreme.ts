import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { forEachTap } from './window.ts'
import type { WindowReduction } from './window-reduction.ts'

const instructions = {
  largest: { float32: 'f32x4.pmax', int8: 'i8x16.max_s', uint8: 'i8x16.max_u' },
  smallest: { float32: 'f32x4.pmin', int8: 'i8x16.min_s', uint8: 'i8x16.min_u' },
} as const

/** What no value is worse than. */
const starts = {
  largest: {
    float32: new Float32Array(4).fill(-Infinity),
    int8: new Int8Array(16).fill(-128),
    uint8: new Uint8Array(16),
  },
  smallest: {
    float32: new Float32Array(4).fill(Infinity),
    int8: new Int8Array(16).fill(127),
    uint8: new Uint8Array(16).fill(255),
  },
} as const

/** The largest or the smallest element of a window as it is stored; NaN is passed over. */
export function extremeReduction(
  which: 'largest' | 'smallest',
  type: 'float32' | 'int8' | 'uint8',
): WindowReduction {
  const better = instructions[which][type]
  return {
    type,
    begin(f) {
      const start = hoist(f, starts[which][type])
      const best = f.local('v128')
      return (window) => (from) => {
        f.set(best, get(start))
        // With the best value first the pseudo-extremes pass over NaN and keep the first of two zeros, as the reference does.
        forEachTap(f, window, from, (address, offset) =>
          f.set(best, operation(better, get(best), load('v128.load', address, offset))),
        )
        return best
      }
    },
  }
}
