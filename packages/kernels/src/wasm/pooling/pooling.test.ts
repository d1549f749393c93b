import { integerLimits, seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import { averagePool2dFloat32, averagePool2dInteger } from '../../ops/average-pool-2d/index.ts'
import { maxPool2d } from '../../ops/max-pool-2d/index.ts'
import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import { averageFloat32 } from '../reduction/average-float32.ts'
import type { WindowReduction } from '../reduction/window-reduction.ts'
import { guard, runKernel } from '../run-kernel.conformance.ts'
import { spanOf } from '../share.ts'
import { averageInteger } from './average-integer.ts'
import { geometryOf, poolingCases } from './cases.conformance.ts'
import { maxFloat32 } from './max-float32.ts'
import { maxInteger } from './max-integer.ts'
import { poolingKernel } from './pooling.ts'

type Values = Int8Array | Uint8Array | Int16Array | Float32Array

const cases = poolingCases.map((each) => [JSON.stringify(each), each] as const)
const arrays = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array } as const

function inputElements({ batches, inputHeight, inputWidth, inputChannels }: ConvolutionGeometry): number {
  return batches * inputHeight * inputWidth * inputChannels
}

function outputElements({ batches, outputHeight, outputWidth, outputChannels }: ConvolutionGeometry): number {
  return batches * outputHeight * outputWidth * outputChannels
}

function expectEqual<Type extends Values>(
  geometry: ConvolutionGeometry,
  reduction: WindowReduction,
  input: Type,
  expected: Type,
): void {
  const output = expected.slice() as Type
  expect(runKernel(poolingKernel({ geometry, reduction })!, [input], output)).toEqual(expected)
}

/** Runs a pooling in three shares, each of which must leave the others' outputs alone. */
function expectSharesJoin<Type extends Values>(
  geometry: ConvolutionGeometry,
  reduction: WindowReduction,
  input: Type,
  expected: Type,
): void {
  const rows = geometry.batches * geometry.outputHeight
  const rowBytes = expected.byteLength / rows
  const joined = new Uint8Array(expected.byteLength)
  for (let index = 0; index < 3; index++) {
    const share = { index, count: 3 }
    const span = spanOf(rows, share)
    const kernel = poolingKernel({ geometry, reduction, share })!
    const part = runKernel(kernel, [input], new Uint8Array(expected.byteLength))
    const [from, to] = [span.from * rowBytes, span.to * rowBytes]
    joined.set(part.subarray(from, to), from)
    expect(part.every((byte, at) => (at >= from && at < to) || byte === guard)).toBe(true)
  }
  expect(joined).toEqual(new Uint8Array(expected.buffer))
}

/** The whole type, or a part of it that clamps. */
function randomRange(random: Random, { min, max }: ActivationRange): ActivationRange {
  return random.integer(2) === 0 ? { min, max } : { min: min + 40, max: max - 70 }
}

describe.each(['int8', 'uint8', 'int16'] as const)('%s', (type) => {
  it.each(cases)('%s', (_, each) => {
    const random = seededRandom(each.channels)
    const limits = integerLimits[type]
    const geometry = geometryOf(each)
    const array = arrays[type]
    const extremes = [limits.min, limits.max].map((value) => new array(inputElements(geometry)).fill(value))
    const inputs = [
      array.from(randomIntegers(random, inputElements(geometry), limits.min, limits.max)),
      array.from(randomIntegers(random, inputElements(geometry), type === 'uint8' ? 0 : -2, 3)),
      // Where sums might not have room.
      ...(each.window[0] * each.window[1] > 4 ? extremes : []),
    ]
    inputs.forEach((input, at) => {
      const range = randomRange(random, limits)
      const expected = new array(outputElements(geometry))
      averagePool2dInteger(geometry, range)(input, expected)
      expectEqual(geometry, averageInteger(type, range), input, expected)
      if (at === 0) expectSharesJoin(geometry, averageInteger(type, range), input, expected)
      maxPool2d<typeof input>(geometry, range, range.min)(input, expected)
      expectEqual(geometry, maxInteger(type, range), input, expected)
    })
  })
})

describe('float32', () => {
  it.each(cases)('%s', (_, each) => {
    const random = seededRandom(each.channels)
    const geometry = geometryOf(each)
    const special = [NaN, 0, -0, Infinity, -Infinity, 1e-45, 3e38]
    const value = (): number =>
      random.integer(8) === 0 ? special[random.integer(special.length)]! : random.normal()
    const input = Float32Array.from({ length: inputElements(geometry) }, value)
    const ranges = [
      { min: -Infinity, max: Infinity },
      { min: 0, max: Infinity },
      { min: -1, max: 1 },
    ]
    for (const range of ranges) {
      const expected = new Float32Array(outputElements(geometry))
      averagePool2dFloat32(geometry, range)(input, expected)
      expectEqual(geometry, averageFloat32(range), input, expected)
      maxPool2d<Float32Array>(geometry, range, -Infinity)(input, expected)
      expectEqual(geometry, maxFloat32(range), input, expected)
      if (range.min === 0) expectSharesJoin(geometry, maxFloat32(range), input, expected)
    }
  })
})

it('leaves to the reference what is empty, what has too many kinds of windows, and sums that could overflow', () => {
  const reduction = averageInteger('int8', integerLimits.int8)
  const refused = [
    { size: [2, 2], channels: 0, window: [1, 1] },
    { size: [40, 40], channels: 1, window: [20, 20] },
    { size: [1025, 1024], channels: 1, window: [1025, 1024], padding: 'VALID' },
  ] as const
  for (const each of refused) expect(poolingKernel({ geometry: geometryOf(each), reduction })).toBeUndefined()
  const large = { size: [257, 128], channels: 1, window: [257, 128], padding: 'VALID' } as const
  const shorts = averageInteger('int16', integerLimits.int16)
  expect(poolingKernel({ geometry: geometryOf(large), reduction: shorts })).toBeUndefined()
  expect(poolingKernel({ geometry: geometryOf(large), reduction })).toBeDefined()
})
