import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { log } from '../../math/log.ts'
import { constant, load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { logarithmConstants, logarithmPair } from './logarithm.ts'

const random = seededRandom(3)
const numbers = Float64Array.from([
  ...[1, 2, 0.5, Math.SQRT1_2, Math.SQRT2, Math.E, NaN, 2 ** -1022, Number.MAX_VALUE, 1 + 2 ** -52],
  ...Array.from({ length: 60 }, (_, at) => 2 ** (at - 30) * (1 - 2 ** -53)),
  ...Array.from({ length: 3000 }, () => (1 + random.next()) * 2 ** (random.integer(2000) - 1000)),
  ...Array.from({ length: 3000 }, () => 1 + random.next() * 1000),
])

it('equals the reference bit for bit', () => {
  const kernel: GeneratedKernel = {
    ...{ name: 'float64', constants: [logarithmConstants], scratchBytes: 0 },
    emit(f, { inputs, output, constants }) {
      const [at, pair] = [f.local('i32'), f.local('v128')]
      const logarithm = logarithmPair(f, constants[0]!)
      f.set(at, constant(0))
      f.repeat(numbers.length / 2, () => {
        f.set(pair, load('v128.load', get(at), inputs[0]!))
        logarithm(pair)
        f.emit(store('v128.store', get(at), get(pair), output))
        f.increase(at, 16)
      })
    },
  }
  const result = runKernel(kernel, [numbers], new Float64Array(numbers.length))
  expect(result).toEqual(numbers.map(log))
})
