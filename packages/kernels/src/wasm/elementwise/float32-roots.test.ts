import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { rsqrtFloat32 } from '../../ops/rsqrt/rsqrt.ts'
import { sqrtFloat32 } from '../../ops/sqrt/sqrt.ts'
import { rsqrtFloat32Kernel, sqrtFloat32Kernel } from './float32-roots.ts'
import { runInShares } from './shares.conformance.ts'

const random = seededRandom(6)
const bits = Uint32Array.from([
  ...[
    0, 1, 2, 0x007fffff, 0x00800000, 0x3f3504f2, 0x3f3504f3, 0x3f3504f4, 0x3f7fffff, 0x3f800000, 0x3f800001,
  ],
  ...[0x7f7fffff, 0x7f800000, 0x7f800001, 0x7fc00000, 0x7fffffff],
  ...Array.from({ length: 4000 }, () => random.integer(2 ** 31)),
])
/** Float32 of every exponent and both signs, about one in 100 of them NaN. */
const inputs = new Float32Array(Uint32Array.from([...bits, ...bits.map((each) => each + 2 ** 31)]).buffer)

it.each([
  ['SQRT', sqrtFloat32, sqrtFloat32Kernel],
  ['RSQRT', rsqrtFloat32, rsqrtFloat32Kernel],
] as const)('%s equals the reference bit for bit', (_, reference, kernel) => {
  for (let length = 1; length <= 70; length++) expectEqual(inputs.subarray(length * 3, length * 4))
  expectEqual(inputs)

  function expectEqual(some: Float32Array): void {
    const expected = new Float32Array(some.length)
    reference(some, expected)
    const found = runInShares((share) => kernel(some.length, share), [some], new Float32Array(some.length))
    found.forEach((value, at) => {
      if (!Object.is(value, expected[at])) expect.fail(`of ${some[at]}: ${value}, expected ${expected[at]}`)
    })
  }
})
