import { integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { quantizeFloat32 } from '../../ops/quantize/float32.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { byteVariants, bytesOfType } from './byte-cases.conformance.ts'
import { quantizeKernel } from './quantize-float32.ts'
import { runInShares } from './shares.conformance.ts'

const random = seededRandom(12)
const scales = [1, 0.5, 0.1, 1 / 127.5, 3, 0.0235, 1e-30, 1e-40, 1e-45, 1e35].map(Math.fround)
const randomScales = Array.from({ length: 30 }, () => Math.fround(random.next() * 2 ** -random.integer(10)))
const special = [0, -0, NaN, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38, -3.4e38, 1e30, 1, -1]

/** The float32 next to a number on either side, and the nearest one. */
function around(value: number): readonly number[] {
  const bits = new Int32Array(Float32Array.of(value).buffer)[0]!
  return [-1, 0, 1].map((step) => new Float32Array(Int32Array.of(bits + step).buffer)[0]!)
}

/** As {@link around}, of many numbers. */
function aroundAll(values: Float32Array): Float32Array {
  const bits = new Int32Array(values.buffer)
  const found = new Int32Array(3 * bits.length)
  for (let at = 0; at < bits.length; at++)
    for (const step of [-1, 0, 1]) found[3 * at + 1 + step] = bits[at]! + step
  return new Float32Array(found.buffer)
}

/** Everything close to a half of a level, and numbers without order. */
function inputsFor(scale: number): Float32Array {
  const halves = Array.from({ length: 1040 }, (_, at) => ((at - 520) / 2) * scale)
  return Float32Array.from([
    ...special,
    ...halves.flatMap(around),
    ...Array.from({ length: 500 }, () => random.normal() * 100 * scale),
  ])
}

const shortVariants = (['tflite', 'xnnpack'] as const).map(
  (arithmetic) => ({ arithmetic, type: 'int16' }) as const,
)

describe.each([...byteVariants, ...shortVariants])('$type, $arithmetic', ({ type, arithmetic }) => {
  const { min, max } = integerLimits[type]
  const zeros = (length: number) => (type === 'int16' ? new Int16Array(length) : bytesOfType(type, length))

  it('equals the reference around all halves, for all kinds of numbers', () => {
    for (const scale of [...scales, ...randomScales].filter((each) => type !== 'int16' || each < 1e33)) {
      const zeroPoint = [min, max, min + 100][random.integer(3)]!
      const parameters = { arithmetic, outputType: type, scale, zeroPoint }
      const input = inputsFor(scale)
      const expected = zeros(input.length)
      quantizeFloat32(parameters)(input, expected)
      const kernel = quantizeKernel(parameters, input.length)!
      const result = runKernel(kernel, [input], zeros(input.length))
      const wrong = expected.findIndex((value, at) => value !== result[at])
      if (wrong >= 0) {
        const found = `${result[wrong]}, expected ${expected[wrong]}`
        expect.fail(`${input[wrong]} at scale ${scale}, zero point ${zeroPoint}: ${found}`)
      }
    }
  })

  it('takes any number of elements', () => {
    const parameters = { arithmetic, outputType: type, scale: 0.25, zeroPoint: min + 7 }
    for (let length = 1; length <= 70; length++) {
      const input = Float32Array.from({ length }, () => random.normal() * 20)
      const expected = zeros(length)
      quantizeFloat32(parameters)(input, expected)
      const build = (share?: Share) => quantizeKernel(parameters, length, share)
      expect(runInShares(build, [input], zeros(length))).toEqual(expected)
    }
  })
})

it('equals the reference around all halves of int16, and where inverses are inexact', () => {
  const halves = Float64Array.from({ length: 2 ** 17 + 9 }, (_, at) => at - 2 ** 16 - 4.5)
  for (const scale of [1, 0.1, 1 / 3, 2 ** -15, 16777215, 8388609, ...randomScales.slice(0, 3)]) {
    const parameters = {
      arithmetic: 'tflite',
      outputType: 'int16',
      scale: Math.fround(scale),
      zeroPoint: 0,
    } as const
    const input = aroundAll(Float32Array.from(halves, (half) => half * parameters.scale))
    const expected = new Int16Array(input.length)
    quantizeFloat32(parameters)(input, expected)
    const result = runKernel(quantizeKernel(parameters, input.length)!, [input], new Int16Array(input.length))
    const wrong = expected.findIndex((value, at) => value !== result[at])
    if (wrong >= 0) expect.fail(`${input[wrong]} at ${scale}: ${result[wrong]}, expected ${expected[wrong]}`)
  }
})

it('leaves to the reference what is no quantization of float32', () => {
  const parameters = { arithmetic: 'tflite', outputType: 'int8', scale: 0.5, zeroPoint: 0 } as const
  const wide = { ...parameters, outputType: 'int16' } as const
  expect(quantizeKernel({ ...wide, scale: Math.fround(1e34) }, 4)).toBeUndefined()
  expect(quantizeKernel({ ...wide, zeroPoint: 32768 }, 4)).toBeUndefined()
  expect(quantizeKernel({ ...parameters, scale: 0.1 }, 4)).toBeUndefined()
  expect(quantizeKernel({ ...parameters, scale: Math.fround(1e38) }, 4)).toBeUndefined()
  expect(quantizeKernel({ ...parameters, zeroPoint: 128 }, 4)).toBeUndefined()
})
