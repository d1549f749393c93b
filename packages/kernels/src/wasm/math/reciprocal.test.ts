import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { fixedPointReciprocal } from '../../math/gemmlowp.ts'
import { load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { emitReciprocalSignificand } from './reciprocal.ts'

const random = seededRandom(7)
const powers = Array.from({ length: 30 }, (_, exponent) =>
  [-1, 0, 1].map((near) => Math.max(1, 2 ** (exponent + 1) + near)),
).flat()

it('equals the reference from the smallest to the largest int32', () => {
  const any = Array.from({ length: 2000 }, () => 1 + random.integer(2 ** (1 + random.integer(31)) - 1))
  const values = Int32Array.from([1, 2 ** 31 - 1, ...powers, ...any])
  const kernel: GeneratedKernel = {
    name: 'int32',
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs, output }) {
      const [at, x, headroom] = [f.local('i32'), f.local('i32'), f.local('i32')]
      f.repeat(values.length, () => {
        f.set(x, load('i32.load', get(at), inputs[0]!))
        f.set(headroom, operation('i32.clz', get(x)))
        const significand = emitReciprocalSignificand(f, x, headroom)
        f.emit(store('i32.store', get(at), get(significand), output))
        f.increase(at, 4)
      })
    },
  }
  const expected = values.map((value) => fixedPointReciprocal(value, 12).significand)
  expect(runKernel(kernel, [values], new Int32Array(values.length))).toEqual(expected)
})
