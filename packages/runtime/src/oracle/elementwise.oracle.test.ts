import { allocate, elementCount, seededRandom } from '@quantrx/core'
import type { DataType, Random, Shape } from '@quantrx/core'
import { describeWithFixtures } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'
import { compareWithLiteRt } from './compare.conformance.ts'

type ElementType = Extract<DataType, 'float32' | 'int8' | 'int16' | 'int32' | 'int64' | 'bool'>

interface Case {
  readonly kind: BuiltinOperator
  /** Of each operand. */
  readonly types: readonly ElementType[]
  readonly output?: ElementType
  readonly options?: BuiltinOptions
  /** How large values are, and whether they may be 0 or less. */
  readonly domain?: 'any' | 'positive' | 'moderate' | 'halves'
  /** False where the operands must have the output's shape. */
  readonly repeats?: boolean
}

const one = (kinds: readonly BuiltinOperator[], domain: Case['domain'] = 'any'): readonly Case[] =>
  kinds.map((kind) => ({ kind, types: ['float32'], domain }))

const two = (kinds: readonly BuiltinOperator[], types: readonly ElementType[]): readonly Case[] =>
  kinds.flatMap((kind) => types.map((type): Case => ({ kind, types: [type, type], domain: 'halves' })))

const comparisons = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL'] as const

const cases: readonly Case[] = [
  ...one(['ABS', 'NEG', 'SQUARE', 'FLOOR', 'CEIL', 'SIGN', 'ELU', 'HARD_SWISH', 'SIN', 'COS']),
  ...one(['RELU_N1_TO_1', 'RELU_0_TO_1', 'LOG_SOFTMAX', 'ZEROS_LIKE', 'GELU']),
  ...one(['SQRT', 'RSQRT', 'LOG'], 'positive'),
  ...one(['EXP'], 'moderate'),
  ...one(['ROUND'], 'halves'),
  { kind: 'GELU', types: ['float32'], options: { kind: 'GeluOptions', approximate: true } },
  { kind: 'LEAKY_RELU', types: ['float32'], options: { kind: 'LeakyReluOptions', alpha: 0.3 } },
  { kind: 'LEAKY_RELU', types: ['float32'], options: { kind: 'LeakyReluOptions', alpha: -1.5 } },
  ...(
    [
      [-1, 1, 8],
      [-0.3, 2.7, 8],
      [0, 6, 4],
      [-3, 1, 16],
      [-4, 0, 2],
    ] as const
  ).map(([min, max, numBits]): Case => ({
    ...{ kind: 'FAKE_QUANT', types: ['float32'] },
    // It runs no narrow ranges, which are for weights.
    options: { kind: 'FakeQuantOptions', min, max, numBits, narrowRange: false },
  })),
  {
    ...{ kind: 'L2_NORMALIZATION', types: ['float32'] },
    options: { kind: 'L2NormOptions', fusedActivationFunction: 'NONE' },
  },
  ...(['ABS', 'NEG', 'SIGN'] as const).map((kind): Case => ({ kind, types: ['int32'], output: 'int32' })),
  { kind: 'NEG', types: ['int64'], output: 'int64' },
  { kind: 'LOGICAL_NOT', types: ['bool'], output: 'bool' },
  ...(['NONE', 'RELU', 'RELU6'] as const).map((fusedActivationFunction): Case => ({
    ...{ kind: 'DIV', types: ['float32', 'float32'], domain: 'positive' },
    options: { kind: 'DivOptions', fusedActivationFunction },
  })),
  ...two(['MAXIMUM', 'MINIMUM'], ['float32', 'int32', 'int64']),
  ...two(['SQUARED_DIFFERENCE'], ['float32', 'int32']),
  ...two(['LOGICAL_AND', 'LOGICAL_OR'], ['bool']),
  ...two(comparisons, ['float32', 'int32', 'int64']).map((each): Case => ({ ...each, output: 'bool' })),
  { kind: 'POW', types: ['float32', 'float32'], domain: 'positive' },
  { kind: 'FLOOR_DIV', types: ['float32', 'float32'], domain: 'positive' },
  { kind: 'FLOOR_DIV', types: ['int32', 'int32'], domain: 'positive' },
  { kind: 'FLOOR_MOD', types: ['float32', 'float32'], domain: 'positive' },
  { kind: 'FLOOR_MOD', types: ['int32', 'int32'], domain: 'positive' },
  { kind: 'FLOOR_MOD', types: ['int64', 'int64'], domain: 'positive' },
  ...(['AddOptions', 'SubOptions', 'MulOptions'] as const).map((kind): Case => ({
    kind: kind.slice(0, 3).toUpperCase() as 'ADD',
    types: ['int64', 'int64'],
    options: { kind, fusedActivationFunction: 'NONE', potScaleInt16: true },
  })),
  { kind: 'ATAN2', types: ['float32', 'float32'], domain: 'halves', repeats: false },
  ...two(['BITWISE_XOR', 'RIGHT_SHIFT'], ['int8', 'int16', 'int32']),
  ...(['float32', 'int32', 'int64'] as const).map((type): Case => ({
    ...{ kind: 'BUCKETIZE', types: [type], output: 'int32' },
    options: { kind: 'BucketizeOptions', boundaries: [-3, 0, 0.5, 4] },
  })),
  { kind: 'PRELU', types: ['float32', 'float32'] },
  { kind: 'SELECT', types: ['bool', 'float32', 'float32'], output: 'float32', repeats: false },
  { kind: 'SELECT_V2', types: ['bool', 'float32', 'float32'], output: 'float32' },
  { kind: 'SELECT_V2', types: ['bool', 'int32', 'int32'], output: 'int32' },
  ...(['float32', 'int32'] as const).map((type): Case => ({
    kind: 'ADD_N',
    types: [type, type, type],
    repeats: false,
  })),
  ...(['int32', 'int64', 'bool', 'float32'] as const).flatMap((from) =>
    (['float32', 'int32', 'int64', 'bool'] as const).map((to): Case => ({
      kind: 'CAST',
      types: [from],
      output: to,
    })),
  ),
]

/** A shape of up to 4 dimensions, and one that is repeated to it. */
function randomShapes(random: Random): readonly [Shape, Shape] {
  const shape = Array.from({ length: 1 + random.integer(4) }, () => 1 + random.integer(5))
  return [
    shape,
    shape.map((size) => (random.integer(3) === 0 ? 1 : size)).slice(random.integer(shape.length)),
  ]
}

function randomValue(type: ElementType, domain: Case['domain'], random: Random): number {
  if (type === 'bool') return random.integer(2)
  const real = random.normal() * 2 ** (random.integer(6) - 2)
  if (domain === 'positive') return type === 'float32' ? Math.abs(real) + 0.1 : Math.abs(Math.trunc(real)) + 1
  if (domain === 'halves') return type === 'float32' ? Math.round(real) / 2 : Math.round(real)
  return domain === 'moderate' ? Math.max(-10, Math.min(10, real)) : real
}

function randomTensor(type: ElementType, shape: Shape, domain: Case['domain'], random: Random): Uint8Array {
  const data = allocate(type, elementCount(shape))
  for (let at = 0; at < data.length; at++) {
    const value = randomValue(type, domain, random)
    if (data instanceof BigInt64Array) data[at] = BigInt(Math.trunc(value))
    else data[at] = value
  }
  return new Uint8Array(data.buffer)
}

const tensorType = (type: ElementType) => type.toUpperCase() as NonNullable<TinyTensor['type']>

/** The operator alone in a model, all operands inputs, the last one repeated where it may be. */
function singleOperator(each: Case, random: Random) {
  const { kind, types, options, repeats = types.length > 1 } = each
  const [shape, smaller] = randomShapes(random)
  const shapes = types.map((_, at) => (repeats && at === types.length - 1 ? smaller : shape))
  const tensors = [
    ...types.map((type, at) => ({ name: `input ${at}`, shape: shapes[at]!, type: tensorType(type) })),
    { name: 'output', shape, type: tensorType(each.output ?? types[0]!) },
  ]
  const inputs = types.map((_, at) => at)
  const outputs = [types.length]
  const operator = { kind, inputs, outputs, ...(options === undefined ? {} : { options }) }
  return { bytes: writeModel(tinyModel(tensors, [operator], inputs, outputs)), shapes }
}

describeWithFixtures('element-wise operators agree with LiteRT on random shapes', () => {
  describe.each(cases)('$kind of $types', (each) => {
    it.each([1, 2])('shape %i', async (seed) => {
      const random = seededRandom(seed)
      const { bytes, shapes } = singleOperator(each, random)
      const inputs = each.types.map((type, at) => randomTensor(type, shapes[at]!, each.domain, random))
      const found = await compareWithLiteRt(bytes, () => [inputs])
      expect(found.refusal).toBeUndefined()
      expect(found.values).toBeGreaterThan(0)
      const exact = (each.output ?? each.types[0]) !== 'float32'
      expect(found.largest).toBeLessThanOrEqual(exact ? 0 : 1e-5 * found.magnitude)
    })
  })
})
