import { ShapeError, UnsupportedError } from '@quantrx/core'
import type { BuiltinOperator } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { implementationOf } from '../registry.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

type Type = 'float32' | 'int32' | 'int64' | 'bool' | 'int8' | 'uint8' | 'int16'

interface MapCase {
  readonly kind: BuiltinOperator
  readonly type: Type
  readonly values: readonly number[]
  readonly expected: readonly number[]
  readonly options?: object
  readonly scales?: readonly [input: number, output: number]
  readonly zeroPoint?: number
}

const f = Math.fround

const cases: readonly MapCase[] = [
  { kind: 'ABS', type: 'float32', values: [-1.5, 0, 2], expected: [1.5, 0, 2] },
  { kind: 'ABS', type: 'int32', values: [-7, 7], expected: [7, 7] },
  { kind: 'ABS', type: 'int8', values: [-10, 10, -128], expected: [5, 5, 64], scales: [0.5, 1] },
  { kind: 'ABS', type: 'int16', values: [-300, -32768], expected: [300, 32767], scales: [1, 1] },
  { kind: 'NEG', type: 'float32', values: [1.5, -2], expected: [-1.5, 2] },
  { kind: 'NEG', type: 'int32', values: [5, -(2 ** 31)], expected: [-5, -(2 ** 31)] },
  { kind: 'NEG', type: 'int64', values: [2 ** 40], expected: [-(2 ** 40)] },
  { kind: 'SQUARE', type: 'float32', values: [-3, 0.5], expected: [9, 0.25] },
  { kind: 'SQRT', type: 'float32', values: [16, 2, -1], expected: [4, f(Math.SQRT2), NaN] },
  // 10 * sqrt(0.8) is 8.9, truncated; nothing below 0 has a root.
  { kind: 'SQRT', type: 'int8', values: [8, 40, -1], expected: [8, 20, 0], scales: [0.1, 0.1] },
  { kind: 'RSQRT', type: 'float32', values: [4, 0, -1], expected: [0.5, Infinity, NaN] },
  // 1 / sqrt(1 / 4) = 2; nothing below 0 has a root.
  {
    kind: 'RSQRT',
    type: 'int8',
    values: [4, 16, 0, -1],
    expected: [16, 8, 127, 127],
    scales: [1 / 16, 1 / 8],
  },
  { kind: 'EXP', type: 'float32', values: [0, 1, -Infinity], expected: [1, f(Math.E), 0] },
  { kind: 'EXP', type: 'int8', values: [0, 2, -128], expected: [10, 27, 0], scales: [0.5, 0.1] },
  { kind: 'LOG', type: 'float32', values: [1, 10, 0, -1], expected: [0, f(Math.LN10), -Infinity, NaN] },
  { kind: 'LOG', type: 'int8', values: [10, 27, 0, -1], expected: [0, 10, -128, -128], scales: [0.1, 0.1] },
  { kind: 'SIN', type: 'float32', values: [0, 1, -1], expected: [0, f(Math.sin(1)), -f(Math.sin(1))] },
  { kind: 'COS', type: 'float32', values: [0, 1, -1], expected: [1, f(Math.cos(1)), f(Math.cos(1))] },
  { kind: 'FLOOR', type: 'float32', values: [1.5, -1.5, 2], expected: [1, -2, 2] },
  { kind: 'CEIL', type: 'float32', values: [1.5, -1.25, 2], expected: [2, -1, 2] },
  { kind: 'ROUND', type: 'float32', values: [0.5, 1.5, 2.5, -3.5, 1e20], expected: [0, 2, 2, -4, f(1e20)] },
  { kind: 'SIGN', type: 'float32', values: [-0.1, 0, 7, NaN], expected: [-1, 0, 1, NaN] },
  { kind: 'SIGN', type: 'int32', values: [-5, 0, 7], expected: [-1, 0, 1] },
  { kind: 'ELU', type: 'float32', values: [2, 0, -1], expected: [2, 0, f(Math.expm1(-1))] },
  { kind: 'ELU', type: 'int8', values: [20, -10, -128], expected: [20, -6, -10], scales: [0.1, 0.1] },
  {
    kind: 'GELU',
    type: 'float32',
    values: [1, -1],
    expected: [f(0.8413447460685429), f(-0.15865525393145707)],
  },
  {
    ...{ kind: 'GELU', type: 'float32', options: { approximate: true } },
    ...{ values: [1, -Infinity], expected: [f(0.8411919906082768), -0] },
  },
  { kind: 'GELU', type: 'int8', values: [10, -10], expected: [8, -2], scales: [0.1, 0.1] },
  {
    kind: 'HARD_SWISH',
    type: 'float32',
    values: [-4, -3, 0, 1, 3, 5],
    expected: [-0, -0, 0, f(4 / 6), 3, 5],
  },
  { kind: 'HARD_SWISH', type: 'int8', values: [-40, 10, 40], expected: [0, 7, 40], scales: [0.1, 0.1] },
  {
    kind: 'HARD_SWISH',
    type: 'uint8',
    values: [88, 138, 168],
    expected: [128, 135, 168],
    scales: [0.1, 0.1],
    zeroPoint: 128,
  },
  { kind: 'LEAKY_RELU', type: 'float32', values: [2, -2], expected: [2, -0.5], options: { alpha: 0.25 } },
  {
    kind: 'LEAKY_RELU',
    type: 'int8',
    values: [10, -8],
    expected: [5, -1],
    options: { alpha: 0.25 },
    scales: [0.5, 1],
  },
  {
    kind: 'LEAKY_RELU',
    type: 'int16',
    values: [10, -8],
    expected: [10, 16],
    options: { alpha: -2 },
    scales: [1, 1],
  },
  { kind: 'RELU_N1_TO_1', type: 'float32', values: [-2, 0.5, 2], expected: [-1, 0.5, 1] },
  { kind: 'RELU_N1_TO_1', type: 'int8', values: [-20, 5, 20], expected: [-10, 5, 10], scales: [0.1, 0.1] },
  { kind: 'RELU_0_TO_1', type: 'float32', values: [-2, 0.5, 2], expected: [0, 0.5, 1] },
  {
    kind: 'RELU_0_TO_1',
    type: 'uint8',
    values: [8, 138, 255],
    expected: [128, 138, 138],
    scales: [0.1, 0.1],
    zeroPoint: 128,
  },
  { kind: 'LOGICAL_NOT', type: 'bool', values: [0, 1], expected: [1, 0] },
  { kind: 'ZEROS_LIKE', type: 'float32', values: [3, NaN], expected: [0, 0] },
  { kind: 'ZEROS_LIKE', type: 'int64', values: [3], expected: [0] },
]

describe.each(cases)(
  '$kind of $type',
  ({ kind, type, values, expected, options = {}, scales, zeroPoint = 0 }) => {
    const quantized = (scale: number | undefined) => (scale === undefined ? {} : { scale, zeroPoint })
    const input = testTensor(type, [values.length], { values, ...quantized(scales?.[0]) })
    const old = values.map(() => 99)
    const output = testTensor(type, [values.length], { values: old, ...quantized(scales?.[1]) })

    it(`of ${values.join(', ')} is ${expected.join(', ')}`, () => {
      implementationOf(kind)!.prepare(testContext(kind, [input], [output], options))()
      expect(Array.from<number | bigint, number>(output.data, Number)).toEqual(expected)
    })

    it('refuses other types and sizes', () => {
      const { prepare } = implementationOf(kind)!
      const [other, longer] = [testTensor('uint32', [values.length]), testTensor(type, [9], quantized(1))]
      expect(() => prepare(testContext(kind, [other], [other], options))).toThrow(UnsupportedError)
      expect(() => prepare(testContext(kind, [input], [longer], options))).toThrow(ShapeError)
    })
  },
)
