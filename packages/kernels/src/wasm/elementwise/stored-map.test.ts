import { integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { logisticStored } from '../../ops/logistic/logistic.ts'
import { requantizeStored } from '../../ops/quantize/integer.ts'
import { relu6Stored } from '../../ops/relu6/relu6.ts'
import { reluStored } from '../../ops/relu/relu.ts'
import { tanhStored } from '../../ops/tanh/tanh.ts'
import type { ScaleAndZeroPoint, StoredFunction } from '../../shared/integer-tensor.ts'
import { mapStored } from '../../shared/map-stored.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { byteVariants, bytesOfType } from './byte-cases.conformance.ts'
import { byteTableOperator } from './byte-table.ts'
import type { ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { runInShares } from './shares.conformance.ts'
import { shiftedBytesOperator } from './shifted-bytes.ts'
import { storedMapKernel } from './stored-map.ts'
import { lineOfTable } from './table-line.ts'
import { unaryWalk } from './walk.ts'

const types = ['int8', 'uint8'] as const
const typePairs = types.flatMap((inputType) => types.map((outputType) => ({ inputType, outputType })))

function expectEqual(inputType: ByteType, outputType: ByteType, evaluate: StoredFunction): void {
  const input = bytesOfType(inputType, 256).map((_, at) => at)
  const expected = bytesOfType(outputType, 256)
  mapStored(inputType, outputType, evaluate)(input, expected)
  const kernel = storedMapKernel(inputType, outputType, evaluate, 256)
  expect(runKernel(kernel, [input], bytesOfType(outputType, 256))).toEqual(expected)
}

describe.each(byteVariants)('$type, $arithmetic', ({ type, arithmetic }) => {
  const { min, max } = integerLimits[type]
  const zeroPoints = [min, min + 100, max]
  const scales = [1 / 256, 0.0391, 0.5]
  const quantizations = zeroPoints.flatMap((zeroPoint) => scales.map((scale) => ({ scale, zeroPoint })))
  const pairs = quantizations.flatMap((input) => quantizations.map((output) => ({ input, output })))
  const common = { arithmetic, inputType: type, outputType: type }

  it.each([
    ['RELU', reluStored],
    ['RELU6', relu6Stored],
    ['LOGISTIC', logisticStored],
    ['TANH', tanhStored],
    ['QUANTIZE', requantizeStored],
  ])('%s equals the reference for all values', (_, stored) => {
    for (const pair of pairs) expectEqual(type, type, stored({ ...common, ...pair }))
  })
})

it.each(typePairs)('QUANTIZE takes $inputType to $outputType', ({ inputType, outputType }) => {
  const zeroPoint = (type: ByteType, from: number): number => integerLimits[type].min + from
  for (const from of [0, 3, 128, 255]) {
    for (const [inputScale, outputScale] of [
      [0.1, 0.1],
      [0.1, 0.123],
      [0.3, 0.1],
    ] as const) {
      const input: ScaleAndZeroPoint = { scale: inputScale, zeroPoint: zeroPoint(inputType, from) }
      const output: ScaleAndZeroPoint = { scale: outputScale, zeroPoint: zeroPoint(outputType, 255 - from) }
      const parameters = { arithmetic: 'tflite', inputType, input, outputType, output } as const
      expectEqual(inputType, outputType, requantizeStored(parameters))
    }
  }
})

const functions: readonly (readonly [string, StoredFunction])[] = [
  ['a clamp', (stored) => Math.max(-20, Math.min(90, stored))],
  ['a line', (stored) => Math.max(-128, Math.min(127, Math.floor(stored * 0.7123 + 3.3)))],
  ['a square', (stored) => ((stored * stored) >> 7) - 128],
  ['no order', (stored) => ((stored * 77) & 255) - 128],
]

it.each(functions)('%s of any number of elements', (_, evaluate) => {
  const random = seededRandom(2)
  for (let length = 1; length <= 70; length++) {
    const input = Int8Array.from({ length }, () => random.integer(256) - 128)
    const expected = input.map(evaluate)
    const build = (share?: Share) => storedMapKernel('int8', 'int8', evaluate, length, share)
    expect(runInShares(build, [input], new Int8Array(length))).toEqual(expected)
  }
})

it('lines that rise and fall, whatever of them is clamped', () => {
  for (const slope of [-3.3, -1.9, -0.82, 0.82, 1.9, 3.3])
    for (let height = -350; height <= 350; height += 50)
      expectEqual('int8', 'int8', (stored) =>
        Math.max(-128, Math.min(127, Math.floor(stored * slope + height))),
      )
})

const outputsOf = (evaluate: StoredFunction): readonly number[] =>
  Array.from({ length: 256 }, (_, index) => evaluate(index - 128))
const tableOf = (evaluate: StoredFunction) =>
  ({ inputType: 'int8', outputType: 'int8', outputs: outputsOf(evaluate) }) as const

describe('what a function is decides how it is computed', () => {
  const [clamp, line, square, none] = functions.map(([, evaluate]) => evaluate) as [
    StoredFunction,
    StoredFunction,
    StoredFunction,
    StoredFunction,
  ]

  it('shifted and clamped where it adds a constant', () => {
    expect(shiftedBytesOperator(tableOf(clamp))).toBeDefined()
    expect(shiftedBytesOperator(tableOf(() => 5))).toBeDefined()
    expect(shiftedBytesOperator(tableOf((stored) => Math.min(127, stored + 200)))).toBeUndefined()
    expect(shiftedBytesOperator(tableOf(line))).toBeUndefined()
  })

  it('along a line where there is one', () => {
    expect(lineOfTable(outputsOf(clamp))).toBeDefined()
    expect(lineOfTable(outputsOf(line))).toBeDefined()
    expect(lineOfTable(outputsOf((stored) => (stored < 7 ? -3 : 100)))).toBeDefined()
    expect(lineOfTable(outputsOf(square))).toBeUndefined()
    expect(lineOfTable(outputsOf((stored) => line(stored) + (stored === 9 ? 1 : 0)))).toBeUndefined()
  })

  it.each([
    ['in all pieces', none],
    ['in few pieces', (stored: number) => (stored < 0 ? -7 : none(stored))],
    ['in none', () => -1],
  ])('looked up elsewhere, %s', (_, evaluate) => {
    for (const inputType of types) {
      const { min } = integerLimits[inputType]
      const outputs = Array.from({ length: 256 }, (__, index) => evaluate(index - 128))
      const operator = byteTableOperator({ inputType, outputType: 'int8', outputs })
      const input = bytesOfType(inputType, 256).map((__, at) => min + at)
      const result = runKernel(elementwiseKernel(operator, unaryWalk(256)), [input], new Int8Array(256))
      expect([...result]).toEqual(outputs)
    }
  })
})
