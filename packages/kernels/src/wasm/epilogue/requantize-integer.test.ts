import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { requantizer } from '../../arithmetic/requantize.ts'
import { constant } from '../assembler/expression.ts'
import { load } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { floatRequantizeEpilogue } from './requantize-float.ts'
import type { RequantizeEpilogueOptions } from './requantize-float.ts'
import type { Epilogue } from './epilogue.ts'
import { integerRequantizeEpilogue } from './requantize-integer.ts'

/** A kernel of nothing but an epilogue, for one position of four channels. */
function epilogueKernel(epilogue: Epilogue): GeneratedKernel {
  return {
    name: 'epilogue',
    constants: [epilogue.parameters],
    scratchBytes: 0,
    emit(f, { inputs, output, constants }) {
      const [sum, parameters, to] = [f.local('v128'), f.local('i32'), f.local('i32')]
      f.set(parameters, constant(constants[0]!))
      f.set(to, constant(output))
      f.set(sum, load('v128.load', constant(inputs[0]!)))
      epilogue.begin(f)({ sums: [[sum]], parameters, output: to, positionStride: 4, channels: 4 })
    },
  }
}

const random = seededRandom(3)
const largest = 2 ** 20

function options(arithmetic: 'tflite' | 'xnnpack', scales: readonly number[]): RequantizeEpilogueOptions {
  const [zeroPoint, outputType] = [random.integer(256) - 128, 'int8' as const]
  const range = { min: -128, max: random.integer(2) === 0 ? 127 : 100 }
  return { arithmetic, scales, zeroPoint, range, outputType, bias: new Int32Array(4) }
}

const scaleSets = Array.from({ length: 300 }, () =>
  Array.from({ length: 4 }, () => Math.fround(2 ** (random.integer(6) - 14 + random.next()))),
)

function expectEqual(epilogue: Epilogue, each: RequantizeEpilogueOptions, sums: Int32Array): void {
  const expected = new Int8Array(4)
  requantizer(each)(sums, 4, expected, 0)
  expect([...runKernel(epilogueKernel(epilogue), [sums], new Int8Array(4))]).toEqual([...expected])
}

/** Sums near ties of the second rounding, where one rounding too few would show, and sums of any size. */
function sumsFor(scales: readonly number[]): Int32Array {
  return Int32Array.from(scales, (scale) =>
    random.integer(2) === 0
      ? Math.round((random.integer(300) - 150 + 0.5) / scale) + random.integer(3) - 1
      : random.integer(2 * largest) - largest,
  ).map((sum) => Math.max(-largest, Math.min(largest, sum)))
}

it('rounds twice like gemmlowp', () => {
  for (const scales of scaleSets) {
    const each = options('tflite', scales)
    const epilogue = integerRequantizeEpilogue(each, new Float64Array(4).fill(largest))!
    for (let round = 0; round < 5; round++) expectEqual(epilogue, each, sumsFor(scales))
  }
})

it('rounds float32 to even, whatever the size of the sum', () => {
  for (const scales of scaleSets) {
    const each = options('xnnpack', scales)
    const epilogue = floatRequantizeEpilogue(each)
    for (let round = 0; round < 5; round++) expectEqual(epilogue, each, sumsFor(scales))
    expectEqual(epilogue, each, Int32Array.of(2 ** 31 - 1, -(2 ** 31), 2 ** 30, -1))
  }
})

it.each([
  ['shifts to the left', [1.5, 3, 100, 0.75], 2 ** 12],
  ['shifts by nothing', [0.6, 0.9, 0.5, 0.99], 2 ** 12],
  ['channels that are all but dead', [2 ** -9, 2 ** -30, 0, 1e-12], 2 ** 18],
])('takes %s', (_, scales, bound) => {
  const each = options('tflite', scales.map(Math.fround))
  const epilogue = integerRequantizeEpilogue(each, new Float64Array(4).fill(bound))!
  for (let round = 0; round < 200; round++) {
    expectEqual(
      epilogue,
      each,
      new Int32Array(4).map(() => random.integer(2 * bound) - bound),
    )
  }
})

it('refuses what could overflow', () => {
  const each = options('tflite', [2 ** -1, 2 ** -20, 2 ** -20, 2 ** -20])
  expect(integerRequantizeEpilogue(each, new Float64Array(4).fill(2 ** 24))).toBeUndefined()
})
