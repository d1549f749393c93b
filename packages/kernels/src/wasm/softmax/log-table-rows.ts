import { logSoftmaxOutputScale } from '../../ops/log-softmax/parameters.ts'
import type { LogSoftmaxIntegerParameters } from '../../ops/log-softmax/parameters.ts'
import { exponentialTable } from '../../ops/softmax/table.ts'
import { float32, float64, load, operation, shuffle } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { logarithmConstants, logarithmPair } from '../math/logarithm.ts'
import type { LogRows } from './log-softmax-integer.ts'

const firstEverywhere = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]

/**
 * Rows of int8 or uint8 with float32 exponentials, equal to `logSoftmaxTable` bit for bit.
 *
 * @returns undefined for exponentials that grow with the difference, whose sums might not be finite.
 */
export function logTableRows({ inputScale }: LogSoftmaxIntegerParameters): LogRows | undefined {
  const exponentials = exponentialTable({ beta: 1, inputScale })
  if (!exponentials.every((value) => value >= 0 && value <= 1)) return undefined
  return {
    exponentials,
    constants: [logarithmConstants],
    begin(f, [logarithms = 0]) {
      const [sum, offset] = [f.local('f32'), f.local('v128')]
      const emitLogarithm = logarithmPair(f, logarithms)
      const scale = hoist(f, new Float32Array(4).fill(inputScale / logSoftmaxOutputScale))
      const outputs = hoist(f, new Float32Array(4).fill(1 / logSoftmaxOutputScale))
      return {
        start: () => f.set(sum, float32(0)),
        take: (entry, table) => f.set(sum, operation('f32.add', get(sum), load('f32.load', entry, table))),
        complete(largest) {
          f.set(offset, operation('f64x2.splat', operation('f64.promote_f32', get(sum))))
          emitLogarithm(offset)
          const logarithm = operation('f32x4.demote_f64x2_zero', get(offset))
          f.set(offset, shuffle(logarithm, logarithm, firstEverywhere))
          const real = operation('f64.mul', float64(inputScale), operation('f64.convert_i32_s', get(largest)))
          const largestReal = operation('f32x4.splat', operation('f32.demote_f64', real))
          f.set(offset, operation('f32x4.add', largestReal, get(offset)))
          // The scale of outputs is a power of two.
          f.set(offset, operation('f32x4.mul', get(offset), get(outputs)))
        },
        output(quad) {
          const scaled = operation('f32x4.mul', operation('f32x4.convert_i32x4_s', get(quad)), get(scale))
          const rounded = operation('f32x4.nearest', operation('f32x4.sub', scaled, get(offset)))
          f.set(quad, operation('i32x4.trunc_sat_f32x4_s', rounded))
        },
      }
    },
  }
}
