import { allocate, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { castElements } from '../../ops/cast/cast.ts'
import { castKernel } from './cast.ts'
import { runInShares } from './shares.conformance.ts'

const types = ['float32', 'int32', 'int8', 'uint8', 'bool'] as const
const each = types.flatMap((from) => types.map((to) => [from, to] as const))
const random = seededRandom(3)
const reals = [
  ...[0, -0, NaN, Infinity, -Infinity, 0.5, -0.5, 0.99999994, -1, 1.5, -1.5, 127.9, 128, -128.9, -129, 255.5],
  ...[256, -256.5, 65536.5, 2147483520, 2147483648, 4294967296, -2147483648, -2147483904, 1e20, -1e20, 1e-45],
]
const integers = [
  ...[0, 1, -1, 127, 128, -128, -129, 255, 256, -256, 65535, 65536, 16777217, -16777219, 33554435],
  ...[2 ** 31 - 1, -(2 ** 31), 2 ** 31 - 64, 2 ** 31 - 65],
]

describe.each(each)('of %s to %s', (from, to) => {
  const drawn = from === 'float32' ? reals : integers
  const input = allocate(from, 1000)
  input.forEach((_, at) => {
    const far = from === 'float32' ? (random.next() - 0.5) * 2 ** random.integer(34) : random.integer(2 ** 32)
    input[at] = drawn[at] ?? far
  })

  it('equals the reference', () => {
    for (let length = 1; length <= 70; length += 2) expectEqual(input.slice(length * 3, length * 4))
    expectEqual(input)
  })

  function expectEqual(some: typeof input): void {
    const expected = allocate(to, some.length)
    castElements(from, to)(some as never, expected as never)
    const output = allocate(to, some.length)
    const found = runInShares((share) => castKernel(from, to, some.length, share), [some], output)
    found.forEach((value, at) => {
      if (!Object.is(value, expected[at])) expect.fail(`of ${some[at]}: ${value}, expected ${expected[at]}`)
    })
  }
})

it.each(['int16', 'int64', 'uint32', 'float64'] as const)('leaves %s to the reference', (type) => {
  expect(castKernel(type, 'int32', 4)).toBeUndefined()
  expect(castKernel('int32', type, 4)).toBeUndefined()
  expect(castKernel(type, type, 4)).toBeUndefined()
})
