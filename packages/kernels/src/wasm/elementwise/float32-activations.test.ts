import { expect, it } from 'vitest'
import { hardSwishFloat32 } from '../../ops/hard-swish/hard-swish.ts'
import { preluFloat32 } from '../../ops/prelu/prelu.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { hardSwishKernel, preluKernel } from './float32-activations.ts'
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
