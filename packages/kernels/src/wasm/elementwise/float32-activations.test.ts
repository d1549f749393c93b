import { describe, expect, it } from 'vitest'
import { hardSwishFloat32 } from '../../ops/hard-swish/hard-swish.ts'
import { leakyReluFloat32 } from '../../ops/leaky-relu/leaky-relu.ts'
import { preluFloat32 } from '../../ops/prelu/prelu.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { hardSwishKernel, leakyReluKernel, preluKernel } from './float32-activations.ts'
import { runInShares } from './shares.conformance.ts'

const special = [0, -0, NaN, -3, 3, -2.9999998, 1e-45, -1e-45, Infinity, -Infinity, 1 / 3, -0.7, 3e38, -3e38]
const values = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => special[(at * 5) % special.length]!)

function expectSameBits(found: Float32Array, expected: Float32Array): void {
  found.forEach((value, at) => {
    if (!Object.is(value, expected[at])) expect.fail(`at ${at}: ${value}, expected ${expected[at]}`)
  })
}

it.each([1, 4, 15, 16, 70])('HARD_SWISH of %i numbers equals the reference', (length) => {
  const [input, expected] = [values(length), new Float32Array(length)]
  hardSwishFloat32(input, expected)
  expectSameBits(
    runInShares((share) => hardSwishKernel(length, share), [input], new Float32Array(length)),
    expected,
  )
})

describe.each([0.01, 0.3, -1.5, 0, -0, 1, 3e38, 1e-45, Infinity])('LEAKY_RELU with slope %d', (slope) => {
  const alpha = Math.fround(slope)

  it.each([1, 4, 15, 16, 70])('of %i numbers equals the reference', (length) => {
    const [input, expected] = [values(length), new Float32Array(length)]
    leakyReluFloat32({ alpha })(input, expected)
    const output = new Float32Array(length)
    expectSameBits(
      runInShares((share) => leakyReluKernel(alpha, length, share), [input], output),
      expected,
    )
  })
})

it('LEAKY_RELU leaves slopes to the reference that are no float32', () => {
  expect(leakyReluKernel(0.1, 4)).toBeUndefined()
  expect(leakyReluKernel(NaN, 4)).toBeUndefined()
})

it.each([
  [[2, 3, 5], [5]],
  [
    [4, 16],
    [1, 16],
  ],
  [[3, 7], [1]],
  [
    [2, 4, 3],
    [4, 3],
  ],
])('PRELU of %j with slopes %j equals the reference', (input, slopes) => {
  const rows = broadcastRows(input, slopes)
  const [x, a] = [input, slopes].map((shape) => values(shape.reduce((product, size) => product * size, 1)))
  const expected = new Float32Array(x!.length)
  preluFloat32(rows)(x!, a!, expected)
  const found = runInShares((share) => preluKernel(rows, share), [x!, a!], new Float32Array(x!.length))
  expectSameBits(found, expected)
})
