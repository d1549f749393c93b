import type { SoftmaxIntegerParameters } from '../../ops/softmax/parameters.ts'
import { exponentialTable } from '../../ops/softmax/table.ts'
import { float32, load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { SoftmaxRows } from './softmax-rows.ts'

const outputScale = 1 / 256

/**
 * Rows of int8 or uint8 with float32 exponentials, equal to `softmaxTable` bit for bit.
 *
 * @returns undefined for exponentials that grow with the difference, whose sums might not be finite.
 */
export function tableRows(parameters: SoftmaxIntegerParameters): SoftmaxRows | undefined {
  const exponentials = exponentialTable(parameters)
  if (!exponentials.every((value) => value >= 0 && value <= 1)) return undefined
  return {
    exponentials,
    begin(f) {
      const [sum, exponential] = [f.local('f32'), f.local('f32')]
      const [factor, whole] = [f.local('v128'), f.local('v128')]
      const half = hoist(f, new Float32Array(4).fill(0.5))
      return {
        start: () => f.set(sum, float32(0)),
        take(entry, table, target, offset) {
          f.set(exponential, load('f32.load', entry, table))
          f.emit(store('f32.store', target, get(exponential), offset))
          f.set(sum, operation('f32.add', get(sum), get(exponential)))
        },
        complete() {
          const scaled = operation('f32.mul', get(sum), float32(outputScale))
          f.set(factor, operation('f32x4.splat', operation('f32.div', float32(1), scaled)))
        },
        quotient(quad) {
          // Halves away from 0; a sum with one half would round once too often.
          f.set(quad, operation('f32x4.mul', get(quad), get(factor)))
          f.set(whole, operation('i32x4.trunc_sat_f32x4_s', get(quad)))
          const rest = operation('f32x4.sub', get(quad), operation('f32x4.convert_i32x4_s', get(whole)))
          f.set(quad, operation('i32x4.sub', get(whole), operation('f32x4.ge', rest, get(half))))
        },
      }
    },
  }
}
