import { integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { softmaxFloat32, softmaxInteger } from '../../ops/softmax/index.ts'
import type { SoftmaxIntegerParameters } from '../../ops/softmax/index.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { guard, runKernels } from '../run-kernel.conformance.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { softmaxFloat32Kernel } from './float32.ts'
import { softmaxIntegerKernel } from './integer.ts'

const depths = [...Array.from({ length: 70 }, (_, index) => index + 1), 255, 1001]
const rows = 4

type Build = (share?: Share) => GeneratedKernel | undefined
type Values = Int8Array | Uint8Array | Float32Array

/** Runs a softmax as a whole, and if asked in three shares, each of which must leave the others' outputs alone. */
function expectEqual(build: Build, input: Values, expected: Values, rows: number, inShares: boolean): void {
  const shares = inShares ? [0, 1, 2].map((index) => ({ index, count: 3 })) : []
  const kernels = [build()!, ...shares.map((share) => build(share)!)]
  const [whole, ...parts] = runKernels(kernels, [input], expected)
  expect(whole).toEqual(expected)
  shares.forEach((share, at) => {
    const [from, to] = Object.values(spanOf(rows, share)).map((row) => (row * expected.length) / rows)
    const part = expected.slice()
    new Uint8Array(part.buffer).fill(guard)
    part.set(expected.subarray(from, to), from)
    expect(parts[at]).toEqual(part)
  })
}

describe.each([
  ['tflite', 'int8'],
  ['xnnpack', 'int8'],
  ['tflite', 'uint8'],
  ['xnnpack', 'uint8'],
] as const)('%s, %s', (arithmetic, outputType) => {
  const array = outputType === 'int8' ? Int8Array : Uint8Array
  const { min, max } = integerLimits[outputType]

  function expectRows(parameters: SoftmaxIntegerParameters, input: Int8Array | Uint8Array): void {
    const expected = new array(input.length)
    softmaxInteger(parameters)(input, expected)
    const rows = input.length / parameters.depth
    const build = (share?: Share) => softmaxIntegerKernel({ ...parameters, outputType, rows, share })
    expectEqual(build, input, expected, rows, parameters.inputScale > 0.5)
  }

  it.each(depths)('rows of %i', (depth) => {
    const random = seededRandom(depth)
    const close = min + random.integer(240)
    const input = array.from([
      ...randomIntegers(random, rows * depth, min, max),
      ...Array.from({ length: rows * depth }, () => close + random.integer(16)),
    ])
    for (const inputScale of [0.0003, 0.05 * (1 + random.next()), 0.9]) {
      const parameters = { arithmetic, depth, beta: depth % 2 === 0 ? 1 : 0.3, inputScale, outputType }
      expectRows(parameters, input)
    }
  })

  it.each([min, max])('rows that hold nothing but %i, also more than the sum has room for', (value) => {
    for (const depth of [1, 2, 3, 4095, 4096, 4097, 40_000]) {
      const parameters = { arithmetic, depth, beta: 1, inputScale: 0.1, outputType }
      expectRows(parameters, new array(depth).fill(value))
    }
  })
})

it('leaves to the reference exponentials that grow', () => {
  const parameters = { arithmetic: 'xnnpack', depth: 2, beta: -1, inputScale: 1, outputType: 'int8' } as const
  expect(softmaxIntegerKernel({ ...parameters, rows })).toBeUndefined()
})

describe('float32', () => {
  it.each(depths)('rows of %i', (depth) => {
    const random = seededRandom(depth)
    const special = [NaN, Infinity, -Infinity, 0, -0, 3e38, -3e38]
    const kinds: readonly (() => number)[] = [
      () => random.normal(),
      () => random.normal() * 60,
      () => (random.integer(3 * depth) === 0 ? special[random.integer(special.length)]! : random.normal()),
      () => -Infinity,
    ]
    for (const beta of [1, 0.3]) {
      const input = Float32Array.from(
        kinds.flatMap((kind) => Array.from({ length: rows * depth }, () => kind())),
      )
      const expected = new Float32Array(input.length)
      softmaxFloat32({ depth, beta })(input, expected)
      const all = rows * kinds.length
      const build = (share?: Share) => softmaxFloat32Kernel({ depth, beta, rows: all, share })
      expectEqual(build, input, expected, all, beta === 1)
    }
  })
})
