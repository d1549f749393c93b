import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { wideFloatRequantizer } from '../../arithmetic/wide-requantize.ts'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { fullyConnectedInteger } from '../../ops/fully-connected/integer.ts'
import { randomIntegers, shapesOf } from '../convolution/cases.conformance.ts'
import { conv2dKernel } from '../convolution/conv-2d.ts'
import { i16 } from '../inner-loop.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { wideFloatRequantizeEpilogue } from './requantize-wide-float.ts'
import type { WideRequantizeOptions } from './requantize-wide.ts'

const whole = { zeroPoint: 0, range: { min: -32768, max: 32767 } }

/** What generated code and the reference make of rows of inputs. */
function outputsOf(
  input: Int16Array,
  weights: Int16Array,
  depth: number,
  requantization: Omit<WideRequantizeOptions, 'largestSums'>,
) {
  const [rows, units] = [input.length / depth, weights.length / depth]
  const largestSums = new Float64Array(units).fill(32768 * 128 * depth)
  const epilogue = wideFloatRequantizeEpilogue({ ...requantization, largestSums })!
  const geometry = conv2dGeometry(shapesOf({ size: [rows, 1], channels: depth, outputs: units }, false))
  const kernel = conv2dKernel({ geometry, form: { kind: 'wide' }, inner: i16, epilogue, filter: weights })!
  const reference = fullyConnectedInteger({
    ...{ geometry: { rows, depth, units }, weights, bias: requantization.bias, inputZeroPoint: 0 },
    requantize: wideFloatRequantizer({ arithmetic: 'xnnpack', ...requantization }),
  })
  const expected = new Int16Array(rows * units)
  reference(input, expected)
  return { expected, generated: runKernel(kernel, [input], new Int16Array(rows * units)) }
}

it('rounds halves away from zero, and nothing below them', () => {
  const scales = [0.5, 1.5, 2.5, 0.5 - 2 ** -54, 0.5 + 2 ** -53, 1.5 - 2 ** -52, 32766.5, 32767.5, 1e300, 0]
  const [ones, bias] = [new Int16Array(scales.length).fill(1), new Float64Array(scales.length)]
  const { expected, generated } = outputsOf(Int16Array.of(1, -1), ones, 1, { ...whole, scales, bias })
  expect(generated).toEqual(expected)
  expect([...generated]).toEqual([
    ...[1, 2, 3, 0, 1, 1, 32767, 32767, 32767, 0],
    ...[-1, -2, -3, 0, -1, -1, -32767, -32768, -32768, 0],
  ])
})

it.each([1, 2, 3, 7, 8, 13, 48, 53])('equals the reference for %d units', (units) => {
  const random = seededRandom(units)
  const [rows, depth] = [1 + random.integer(6), 1 + random.integer(70)]
  const factor = (): number => (0.5 + random.next()) * 2 ** -(8 + random.integer(12))
  const reach = (channel: number): number => (channel === 5 ? 2 ** 46 : 2 ** 24)
  const bias = Float64Array.from({ length: units }, (_, channel) =>
    Math.round((random.next() - 0.5) * reach(channel)),
  )
  const { expected, generated } = outputsOf(
    Int16Array.from(randomIntegers(random, rows * depth, -32768, 32767)),
    Int16Array.from(randomIntegers(random, units * depth, -127, 127)),
    depth,
    {
      scales: Array.from({ length: units % 2 === 0 ? 1 : units }, factor),
      zeroPoint: units % 3 === 0 ? -9 : 0,
      range: units % 4 === 0 ? { min: 0, max: 9000 } : whole.range,
      bias,
    },
  )
  expect(new Set(expected).size).toBeGreaterThan(1)
  expect(generated).toEqual(expected)
})

it('takes sums of 32 bits, and no longer ones', () => {
  const takes = (largest: number): boolean =>
    wideFloatRequantizeEpilogue({
      ...{ ...whole, scales: [1], bias: new Float64Array(1) },
      largestSums: Float64Array.of(largest),
    }) !== undefined
  expect([2 ** 31 - 1, 2 ** 31].map(takes)).toEqual([true, false])
})
