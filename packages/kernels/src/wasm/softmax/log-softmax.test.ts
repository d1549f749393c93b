import { integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { logSoftmaxFloat32, logSoftmaxInteger } from '../../ops/log-softmax/index.ts'
import type { LogSoftmaxIntegerParameters } from '../../ops/log-softmax/index.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import type { Share } from '../share.ts'
import { logSoftmaxFloat32Kernel } from './log-softmax-float32.ts'
import { logSoftmaxIntegerKernel } from './log-softmax-integer.ts'

const depths = [...Array.from({ length: 70 }, (_, index) => index + 1), 255, 1001]
const rows = 4

describe('float32', () => {
  it.each(depths)('rows of %i', (depth) => {
    const random = seededRandom(depth)
    const special = [NaN, Infinity, -Infinity, 0, -0, 3e38, -3e38]
    const kinds: readonly (() => number)[] = [
      () => random.normal(),
      () => random.normal() * 60,
      () => (random.integer(3 * depth) === 0 ? special[random.integer(special.length)]! : random.normal()),
      () => -Infinity,
      () => 7,
    ]
    for (const kind of kinds.filter((_, at) => (at + depth) % 5 < 2)) {
      const input = Float32Array.from({ length: rows * depth }, kind)
      const expected = new Float32Array(input.length)
      logSoftmaxFloat32(depth)(input, expected)
      const build = (share?: Share) => logSoftmaxFloat32Kernel(depth, rows, share)
      expect(runInShares(build, [input], expected)).toEqual(expected)
    }
  })

  it('leaves what is empty to the reference', () => {
    expect(logSoftmaxFloat32Kernel(0, 3)).toBeUndefined()
    expect(logSoftmaxFloat32Kernel(3, 0)).toBeUndefined()
  })
})

describe.each([
  ['tflite', 'int8'],
  ['xnnpack', 'int8'],
  ['xnnpack', 'uint8'],
] as const)('%s, %s', (arithmetic, type) => {
  const array = type === 'int8' ? Int8Array : Uint8Array
  const { min, max } = integerLimits[type]

  function expectRows(parameters: LogSoftmaxIntegerParameters, input: Int8Array | Uint8Array): void {
    const expected = new array(input.length)
    logSoftmaxInteger(parameters)(input, expected)
    const options = { ...parameters, rows: input.length / parameters.depth }
    const build = (share?: Share) => logSoftmaxIntegerKernel(options, share)
    expect(runInShares(build, [input], expected)).toEqual(expected)
  }

  it.each(depths)('rows of %i', (depth) => {
    const random = seededRandom(depth)
    const close = min + random.integer(240)
    const inputs = [
      randomIntegers(random, rows * depth, min, max),
      Array.from({ length: rows * depth }, () => close + random.integer(16)),
      Array.from({ length: rows * depth }, () => (random.integer(4) === 0 ? max : min)),
    ]
    const inputScale = [0.0003, Math.fround(0.05 * (1 + random.next())), 0.9, 7][depth % 4]!
    for (const input of inputs.filter((_, at) => at !== depth % 3))
      expectRows({ arithmetic, depth, type, inputScale }, array.from(input))
  })

  it.each([min, max])('rows that hold nothing but %i', (value) => {
    for (const depth of [1, 2, 3, 1024, 4095])
      expectRows({ arithmetic, depth, type, inputScale: 0.1 }, new array(depth).fill(value))
  })
})

it('leaves to the reference what needs floats in the integer arithmetic, longer sums, and other scales', () => {
  const options = { arithmetic: 'tflite', depth: 2, type: 'int8', inputScale: 0.1, rows: 1 } as const
  expect(logSoftmaxIntegerKernel({ ...options, type: 'uint8' })).toBeUndefined()
  expect(logSoftmaxIntegerKernel({ ...options, depth: 4096 })).toBeUndefined()
  expect(logSoftmaxIntegerKernel({ ...options, inputScale: 2 ** -28 })).toBeUndefined()
  expect(logSoftmaxIntegerKernel({ ...options, rows: 0 })).toBeUndefined()
  expect(logSoftmaxIntegerKernel({ ...options, arithmetic: 'xnnpack', inputScale: -1 })).toBeUndefined()
})
