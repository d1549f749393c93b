import type { ActivationType } from '../../shared/integer-tensor.ts'
import { load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { forEachTap } from './window.ts'
import type { WindowReduction } from './window-reduction.ts'

/** The instruction that finds the better one of two vectors' elements, and the element that none is worse than. */
export const extremes = {
  largest: {
    float32: { better: 'f32x4.pmax', worst: -Infinity },
    int8: { better: 'i8x16.max_s', worst: -128 },
    uint8: { better: 'i8x16.max_u', worst: 0 },
    int16: { better: 'i16x8.max_s', worst: -32768 },
  },
  smallest: {
    float32: { better: 'f32x4.pmin', worst: Infinity },
    int8: { better: 'i8x16.min_s', worst: 127 },
    uint8: { better: 'i8x16.min_u', worst: 255 },
    int16: { better: 'i16x8.min_s', worst: 32767 },
  },
} as const

/** A vector of an element. */
export function hoistElement(
  f: FunctionBuilder,
  type: 'float32' | ActivationType,
  value: number,
): Local<'v128'> {
  if (type === 'float32') return hoist(f, new Float32Array(4).fill(value))
  return hoist(f, type === 'int16' ? new Int16Array(8).fill(value) : new Uint8Array(16).fill(value))
}

/** The largest or the smallest element of a window as it is stored; NaN is passed over. */
export function extremeReduction(
  which: 'largest' | 'smallest',
  type: 'float32' | ActivationType,
): WindowReduction {
  const { better, worst } = extremes[which][type]
  return {
    type,
    begin(f) {
      const start = hoistElement(f, type, worst)
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
