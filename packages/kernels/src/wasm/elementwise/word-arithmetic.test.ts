import { describe, expect, it } from 'vitest'
import { activationRange } from '../../arithmetic/activation-range.ts'
import { addFloat32, addInt32 } from '../../ops/add/add.ts'
import { mulFloat32 } from '../../ops/mul/float32.ts'
import { mulInt32 } from '../../ops/mul/int32.ts'
import { relu6Float32 } from '../../ops/relu6/relu6.ts'
import { reluFloat32 } from '../../ops/relu/relu.ts'
import { subFloat32, subInt32 } from '../../ops/sub/sub.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { runInShares } from './shares.conformance.ts'
import { clampFloat32Kernel, wordArithmeticKernel } from './word-arithmetic.ts'

const references = {
  float32: { add: addFloat32, sub: subFloat32, mul: mulFloat32 },
  int32: { add: addInt32, sub: subInt32, mul: mulInt32 },
} as const
const pairOperations = ['add', 'sub', 'mul'] as const
const activations = ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'] as const
const each = pairOperations.flatMap((operation) =>
  activations.map((activation) => [operation, activation] as const),
)

/** Every value with every other. */
function pairs(values: readonly number[]): readonly (readonly number[])[] {
  return [values.flatMap((value) => values.map(() => value)), values.flatMap(() => values)]
}

describe.each(each)('%s, %s', (operation, activation) => {
  const range = activationRange(activation)

  it('takes float32: infinities, NaN, both zeros, what rounds, overflows and underflows', () => {
    const special = [0, -0, 1, -1, 6, 5.9999995, 1 / 3, 16777217, 1e-45, 3e38, -3e38, 1e-30]
    const [a, b] = pairs([...special, Infinity, -Infinity, NaN]).map((all) => Float32Array.from(all))
    const parameters = { rows: broadcastRows([a!.length], [b!.length]), range }
    const expected = new Float32Array(a!.length)
    references.float32[operation](parameters)(a!, b!, expected)
    const kernel = wordArithmeticKernel('float32', operation, parameters)
    // Unlike toEqual, Object.is tells 0 from -0 in every version of the test runner.
    runKernel(kernel, [a!, b!], new Float32Array(a!.length)).forEach((value, at) => {
      if (!Object.is(value, expected[at]))
        expect.fail(`${operation} of ${a![at]} and ${b![at]}: ${value}, expected ${expected[at]}`)
    })
  })

  it('takes int32, modulo 2^32', () => {
    const [a, b] = pairs([0, 1, -1, 5, 7, 65537, 2 ** 31 - 1, -(2 ** 31), 123456789]).map((all) =>
      Int32Array.from(all),
    )
    const parameters = { rows: broadcastRows([a!.length], [b!.length]), range }
    const expected = new Int32Array(a!.length)
    references.int32[operation](parameters)(a!, b!, expected)
    const kernel = wordArithmeticKernel('int32', operation, parameters)
    expect(runKernel(kernel, [a!, b!], new Int32Array(a!.length))).toEqual(expected)
  })
})

it.each([
  ['RELU', reluFloat32],
  ['RELU6', relu6Float32],
] as const)('%s clamps float32 of any number, NaN and -0 aside', (activation, reference) => {
  const values = [-1, -0, NaN, 6, 7, -Infinity, Infinity, 0, 5.5, -1e-45]
  for (let length = 1; length <= 70; length++) {
    const input = Float32Array.from({ length }, (_, at) => values[(at * 7 + length) % values.length]!)
    const expected = new Float32Array(length)
    reference(input, expected)
    const result = runInShares(
      (share) => clampFloat32Kernel(activationRange(activation), length, share),
      [input],
      new Float32Array(length),
    )
    result.forEach((value, at) => expect(Object.is(value, expected[at])).toBe(true))
  }
})
