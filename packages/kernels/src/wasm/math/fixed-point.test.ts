import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { beginQuantizedMultiplier } from './fixed-point.ts'

function multiplierKernel(quads: number, factor: QuantizedMultiplier): GeneratedKernel {
  return {
    name: 'int32',
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs, output }) {
      const [at, quad] = [f.local('i32'), f.local('v128')]
      const multiply = beginQuantizedMultiplier(f, factor)
      f.repeat(quads, () => {
        f.set(quad, load('v128.load', get(at), inputs[0]!))
        multiply(quad)
        f.emit(store('v128.store', get(at), get(quad), output))
        f.increase(at, 16)
      })
    },
  }
}

const random = seededRandom(5)
const limits = [0, 1, -1, 2, -2, 3, -3, 2 ** 31 - 1, -(2 ** 31), 2 ** 30, -(2 ** 30)]
/** Halves of every power of two, and their neighbours, in both signs. */
const halves = Array.from({ length: 31 }, (_, exponent) =>
  [-1, 0, 1].flatMap((near) => [2 ** exponent + near, -(2 ** exponent) + near]),
).flat()

it.each(
  Array.from({ length: 40 }, (_, at) => at - 31).flatMap((shift) =>
    [2 ** 30, 2 ** 31 - 1, 2 ** 30 + random.integer(2 ** 30)].map((multiplier) => ({ multiplier, shift })),
  ),
)('multiplies by $multiplier, shift $shift', (factor) => {
  const any = Array.from({ length: 100 }, () => random.integer(2 ** 32) - 2 ** 31)
  const all = Int32Array.from([...limits, ...halves, ...any])
  const values = all.subarray(0, all.length & ~3)
  const expected = values.map((value) =>
    multiplyByQuantizedMultiplier(value, factor.multiplier, factor.shift),
  )
  const kernel = multiplierKernel(values.length / 4, factor)
  expect(runKernel(kernel, [values], new Int32Array(values.length))).toEqual(expected)
})
