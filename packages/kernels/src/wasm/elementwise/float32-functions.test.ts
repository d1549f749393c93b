import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { eluFloat32 } from '../../ops/elu/elu.ts'
import { expFloat32 } from '../../ops/exp/exp.ts'
import { logisticFloat32 } from '../../ops/logistic/logistic.ts'
import { tanhFloat32 } from '../../ops/tanh/tanh.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { eluKernel, expKernel, logisticKernel, tanhKernel } from './float32-functions.ts'
import { runInShares } from './shares.conformance.ts'

const random = seededRandom(4)
const special = [0, -0, NaN, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38, -3.4e38, 1, -1, 88.7, -88.7]
const inputs = Float32Array.from([
  ...special,
  ...[16.6, 17.3, 20.7, 30, 41, 104, 200, 710, 746].flatMap((value) => [value, -value]),
  ...Array.from({ length: 6000 }, () => random.normal() * 2 ** (random.integer(40) - 32)),
  ...Array.from({ length: 2000 }, () => (random.next() * 2 - 1) * 100),
])

it.each([
  ['LOGISTIC', logisticFloat32, logisticKernel],
  ['TANH', tanhFloat32, tanhKernel],
  ['EXP', expFloat32, expKernel],
  ['ELU', eluFloat32, eluKernel],
] as const)('%s equals the reference bit for bit', (_, reference, kernel) => {
  const expected = new Float32Array(inputs.length)
  reference(inputs, expected)
  const result = runKernel(kernel(inputs.length), [inputs], new Float32Array(inputs.length))
  result.forEach((value, at) => {
    if (!Object.is(value, expected[at])) expect.fail(`of ${inputs[at]}: ${value}, expected ${expected[at]}`)
  })
  for (let length = 1; length <= 70; length++) {
    const shared = runInShares(
      (share) => kernel(length, share),
      [inputs.subarray(0, length)],
      new Float32Array(length),
    )
    expect(shared).toEqual(expected.subarray(0, length))
  }
})
