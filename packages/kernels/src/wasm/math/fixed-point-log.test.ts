import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { fixedPointLog } from '../../math/fixed-point-log.ts'
import { constant, load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { emitFixedPointLog } from './fixed-point-log.ts'

const random = seededRandom(5)
const one = 2 ** 19
const largest = 2 ** 31 - 1

it('equals the reference from 1 to the largest number of 12 integer bits', () => {
  const near = Array.from({ length: 13 }, (_, bits) =>
    [-1, 0, 1].map((more) => Math.min(largest, Math.max(one, one * 2 ** bits + more))),
  ).flat()
  const roots = Array.from({ length: 24 }, (_, at) =>
    [-1, 0, 1].map((more) => Math.min(largest, Math.floor(one * 2 ** (at / 2 + 0.5)) + more)),
  ).flat()
  const any = Array.from({ length: 4000 }, () =>
    Math.min(largest, Math.floor(one * 2 ** (12 * random.next()))),
  )
  const values = Int32Array.from([...near, ...roots, ...any])
  const kernel: GeneratedKernel = {
    ...{ name: 'int32', constants: [], scratchBytes: 0 },
    emit(f, { inputs, output }) {
      const [at, value] = [f.local('i32'), f.local('i32')]
      f.set(at, constant(0))
      f.repeat(values.length, () => {
        f.set(value, load('i32.load', get(at), inputs[0]!))
        f.emit(store('i32.store', get(at), get(emitFixedPointLog(f, value, 12, 5)), output))
        f.increase(at, 4)
      })
    },
  }
  const expected = values.map((value) => fixedPointLog(value, 12, 5))
  expect(runKernel(kernel, [values], new Int32Array(values.length))).toEqual(expected)
})
