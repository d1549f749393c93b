import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { requantizer } from '../../arithmetic/requantize.ts'
import type { SumRounding } from '../../arithmetic/requantize.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { floatRequantizeEpilogue } from './requantize-float.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import type { Epilogue } from './epilogue.ts'
import { integerRequantizeEpilogue } from './requantize-integer.ts'

/** A kernel of nothing but an epilogue, for positions one after the other of `count` groups of four channels, whose biases are 0. */
function epilogueKernel(epilogue: Epilogue, count: number, positions: number): GeneratedKernel {
  return {
    name: 'epilogue',
    constants: [epilogue.parameters],
    scratchBytes: 0,
    emit(f, { inputs, output, constants }) {
      const quads = Array.from({ length: count }, () => f.local('v128'))
      const [parameters, to] = [f.local('i32'), f.local('i32')]
      f.set(parameters, constant(constants[0]!))
      const store = epilogue.begin(f)
      for (let position = 0; position < positions; position++) {
        f.set(to, constant(output + position * count * 4))
        quads.forEach((sum, quad) => {
          const start = load('v128.load', get(parameters), quad * epilogue.vectorsPerQuad * 16)
          const from = (position * count + quad) * 16
          f.set(sum, operation('i32x4.add', load('v128.load', constant(inputs[0]!), from), start))
        })
        store({ sums: [quads], parameters, output: to, positionOffsets: [0], channels: count * 4 })
      }
    },
  }
}

const random = seededRandom(3)
const largest = 2 ** 20

function options(arithmetic: SumRounding, scales: readonly number[]): RequantizeEpilogueOptions {
  const [zeroPoint, outputType] = [random.integer(256) - 128, 'int8' as const]
  const range = { min: -128, max: random.integer(2) === 0 ? 127 : 100 }
  return { arithmetic, scales, zeroPoint, range, outputType, bias: new Int32Array(4) }
}

const scaleSets = Array.from({ length: 300 }, () =>
  Array.from({ length: 4 }, () => Math.fround(2 ** (random.integer(6) - 14 + random.next()))),
)

/** Compares the outputs of positions, given by their sums. */
function expectEqual(epilogue: Epilogue, each: RequantizeEpilogueOptions, positions: readonly Int32Array[]) {
  const Type = each.outputType === 'int8' ? Int8Array : Uint8Array
  const channels = positions[0]!.length
  const expected = new Type(channels * positions.length)
  const all = new Int32Array(expected.length)
  positions.forEach((sums, at) => {
    all.set(sums, at * channels)
    requantizer(each)(sums, channels, expected, at * channels)
  })
  const kernel = epilogueKernel(epilogue, channels / 4, positions.length)
  expect(runKernel(kernel, [all], new Type(expected.length))).toEqual(expected)
}

const repeated = (times: number, draw: () => Int32Array): Int32Array[] => Array.from({ length: times }, draw)

/** Sums near ties of the second rounding, where one rounding too few would show, and sums of any size. */
function sumsFor(scales: readonly number[]): Int32Array {
  return Int32Array.from(scales, (scale) =>
    random.integer(2) === 0
      ? Math.round((random.integer(300) - 150 + 0.5) / scale) + random.integer(3) - 1
      : random.integer(2 * largest) - largest,
  ).map((sum) => Math.max(-largest, Math.min(largest, sum)))
}

it.each(['tflite', 'ruy'] as const)('rounds twice like gemmlowp, or once: %s', (arithmetic) => {
  for (const scales of scaleSets) {
    const each = options(arithmetic, scales)
    const epilogue = integerRequantizeEpilogue(each, new Float64Array(4).fill(largest))
    expectEqual(
      epilogue,
      each,
      repeated(5, () => sumsFor(scales)),
    )
  }
})

describe.each(['int8', 'uint8'] as const)('%s outputs of negative sums', (outputType) => {
  it.each([
    ['of similar scales', -9, 3],
    ['of small scales', -16, 4],
    ['of scales too far apart for one form', -20, 19],
  ])('round halves away from zero, channels %s', (_, smallest, octaves) => {
    const [least, most] = outputType === 'int8' ? [-128, 127] : [0, 255]
    for (let round = 0; round < 40; round++) {
      const scales = Array.from({ length: 16 }, () =>
        Math.fround(2 ** (smallest + random.integer(octaves) + random.next())),
      )
      // Powers of two have the most halves.
      scales[round % 16] = 2 ** (smallest + random.integer(octaves))
      const bounds = Float64Array.from(scales, (scale) => Math.min(2 ** 29, Math.ceil(600 / scale)))
      const each: RequantizeEpilogueOptions = {
        ...{ arithmetic: 'tflite', outputType, scales, bias: new Int32Array(16) },
        zeroPoint: least + 1 + random.integer(255),
        range: { min: least, max: random.integer(2) === 0 ? most : most - 30 },
        startsAnywhere: random.integer(2) === 0,
        relaxed: false,
      }
      const epilogue = integerRequantizeEpilogue(each, bounds)
      const halves = (step: number): Int32Array =>
        Int32Array.from(scales, (scale) => Math.round((random.integer(300) - 150.5) / scale) + step)
      const ends = [1, -1].map((sign) => Int32Array.from(bounds, (bound) => sign * bound))
      expectEqual(epilogue, each, [...[-1, 0, 1].map(halves), ...ends])
    }
  })
})

it('rounds float32 to even, whatever the size of the sum', () => {
  for (const scales of scaleSets) {
    const each = options('xnnpack', scales)
    const epilogue = floatRequantizeEpilogue(each)
    const ends = Int32Array.of(2 ** 31 - 1, -(2 ** 31), 2 ** 30, -1)
    expectEqual(epilogue, each, [...repeated(5, () => sumsFor(scales)), ends])
  }
})

it('leaves out the lower clamp where sums have a bound and the type saturates there', () => {
  for (const scales of scaleSets) {
    const each = { ...options('xnnpack', scales), largestSums: new Float64Array(4).fill(largest) }
    const epilogue = floatRequantizeEpilogue(each)
    const ends = Int32Array.of(-largest, largest, -1, 0)
    expectEqual(epilogue, each, [...repeated(5, () => sumsFor(scales)), ends])
  }
  const narrowRange = { ...options('xnnpack', [0.01, 0.01, 0.01, 0.01]), range: { min: -5, max: 90 } }
  const epilogue = floatRequantizeEpilogue({ ...narrowRange, largestSums: new Float64Array(4).fill(largest) })
  expectEqual(epilogue, narrowRange, [Int32Array.of(-largest, largest, -500, 1000)])
})

it.each([
  ['shifts to the left', [1.5, 3, 100, 0.75], 2 ** 12],
  ['shifts by nothing', [0.6, 0.9, 0.5, 0.99], 2 ** 12],
  ['channels that are all but dead', [2 ** -9, 2 ** -30, 0, 1e-12], 2 ** 18],
])('takes %s', (_, scales, bound) => {
  for (const arithmetic of ['tflite', 'ruy'] as const) {
    const each = options(arithmetic, scales.map(Math.fround))
    const epilogue = integerRequantizeEpilogue(each, new Float64Array(4).fill(bound))
    expectEqual(
      epilogue,
      each,
      repeated(200, () => new Int32Array(4).map(() => random.integer(2 * bound) - bound)),
    )
  }
})

it.each(['tflite', 'ruy'] as const)(
  'takes scales too far apart for four channels at a time: %s',
  (arithmetic) => {
    const scales = [2 ** -1, 2 ** -20, 1.7, 2 ** -31]
    const each = options(arithmetic, scales)
    const epilogue = integerRequantizeEpilogue(each, new Float64Array(4).fill(2 ** 30))
    for (const reach of [2 ** 30, 300]) {
      expectEqual(
        epilogue,
        each,
        repeated(200, () => new Int32Array(4).map(() => random.integer(2 * reach) - reach)),
      )
    }
  },
)

it('mixes forms where channels have no line, and takes none for few positions', () => {
  const scales = [0.01, 0.02, 0.03, 0.04, 2 ** -20.3, 0.01, 0.01, 0.01].map(Math.fround)
  const each = { ...options('tflite', scales), bias: new Int32Array(8), zeroPoint: -128 }
  const bounds = new Float64Array(8).fill(2 ** 15)
  bounds[4] = 2 ** 27
  const epilogue = integerRequantizeEpilogue(each, bounds)
  const flag = (quad: number): number => epilogue.parameters[((quad + 1) * epilogue.vectorsPerQuad - 1) * 4]!
  expect([flag(0), flag(1)]).toEqual([0, 1])
  const few = integerRequantizeEpilogue({ ...each, positions: 1 }, bounds)
  const sums = repeated(200, () =>
    new Int32Array(8).map((_, channel) => random.integer(2 * bounds[channel]!) - bounds[channel]!),
  )
  expectEqual(epilogue, each, sums)
  expectEqual(few, each, sums)
})
