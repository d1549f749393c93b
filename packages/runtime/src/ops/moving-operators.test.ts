import { expect, it } from 'vitest'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'
import { implementationOf } from '../registry.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

type Integers = readonly number[]

interface Case {
  readonly kind: OperatorContext['kind']
  /** Shape of the input, whose elements count from 0. */
  readonly input: Integers
  /** Constant operands by position; a list of lists has two dimensions. */
  readonly constants?: Readonly<Record<number, Integers | number | readonly Integers[]>>
  readonly options?: object
  readonly outputs: readonly { readonly shape: Integers; readonly values: Integers }[]
}

const cases: readonly Case[] = [
  {
    ...{ kind: 'TRANSPOSE', input: [2, 3], constants: { 1: [1, 0] } },
    outputs: [{ shape: [3, 2], values: [0, 3, 1, 4, 2, 5] }],
  },
  {
    ...{ kind: 'SLICE', input: [2, 3], constants: { 1: [0, 1], 2: [-1, 2] } },
    outputs: [{ shape: [2, 2], values: [1, 2, 4, 5] }],
  },
  {
    ...{ kind: 'STRIDED_SLICE', input: [2, 3], constants: { 1: [1, 9], 2: [0, 0], 3: [1, -2] } },
    options: { shrinkAxisMask: 1, endMask: 2 },
    outputs: [{ shape: [2], values: [5, 3] }],
  },
  {
    ...{ kind: 'STRIDED_SLICE', input: [4], constants: { 1: [1], 2: [2], 3: [1] } },
    options: { offset: true },
    outputs: [{ shape: [2], values: [1, 2] }],
  },
  {
    ...{ kind: 'SPLIT', input: [2, 4], constants: { 0: -1 }, options: { numSplits: 2 } },
    outputs: [
      { shape: [2, 2], values: [0, 1, 4, 5] },
      { shape: [2, 2], values: [2, 3, 6, 7] },
    ],
  },
  {
    ...{ kind: 'SPLIT_V', input: [4], constants: { 1: [1, -1], 2: 0 }, options: { numSplits: 2 } },
    outputs: [
      { shape: [1], values: [0] },
      { shape: [3], values: [1, 2, 3] },
    ],
  },
  {
    ...{ kind: 'UNPACK', input: [2, 2], options: { num: 2, axis: -1 } },
    outputs: [
      { shape: [2], values: [0, 2] },
      { shape: [2], values: [1, 3] },
    ],
  },
  {
    ...{ kind: 'UNPACK', input: [2], options: { num: 2 } },
    outputs: [
      { shape: [], values: [0] },
      { shape: [], values: [1] },
    ],
  },
  {
    ...{ kind: 'EXPAND_DIMS', input: [3], constants: { 1: 0 } },
    outputs: [{ shape: [1, 3], values: [0, 1, 2] }],
  },
  {
    ...{ kind: 'TILE', input: [2], constants: { 1: [2] } },
    outputs: [{ shape: [4], values: [0, 1, 0, 1] }],
  },
  {
    ...{ kind: 'BROADCAST_TO', input: [2, 1], constants: { 1: [2, 2] } },
    outputs: [{ shape: [2, 2], values: [0, 0, 1, 1] }],
  },
  {
    ...{ kind: 'REVERSE_V2', input: [3], constants: { 1: [0] } },
    outputs: [{ shape: [3], values: [2, 1, 0] }],
  },
  {
    ...{ kind: 'MIRROR_PAD', input: [3], constants: { 1: [[1, 2]] }, options: { mode: 'SYMMETRIC' } },
    outputs: [{ shape: [6], values: [0, 0, 1, 2, 2, 1] }],
  },
  {
    ...{ kind: 'DEPTH_TO_SPACE', input: [1, 1, 1, 4], options: { blockSize: 2 } },
    outputs: [{ shape: [1, 2, 2, 1], values: [0, 1, 2, 3] }],
  },
  {
    ...{ kind: 'SPACE_TO_DEPTH', input: [1, 2, 2, 2], options: { blockSize: 2 } },
    outputs: [{ shape: [1, 1, 1, 8], values: [0, 1, 2, 3, 4, 5, 6, 7] }],
  },
  {
    ...{ kind: 'BATCH_TO_SPACE_ND', input: [2, 1, 2], constants: { 1: [2], 2: [[1, 0]] } },
    outputs: [{ shape: [1, 1, 2], values: [2, 3] }],
  },
  {
    ...{ kind: 'SPACE_TO_BATCH_ND', input: [1, 2, 1], constants: { 1: [2], 2: [[1, 1]] } },
    outputs: [{ shape: [2, 2, 1], values: [0, 1, 0, 0] }],
  },
  {
    ...{ kind: 'RESIZE_NEAREST_NEIGHBOR', input: [1, 1, 2, 1], constants: { 1: [1, 4] } },
    outputs: [{ shape: [1, 1, 4, 1], values: [0, 0, 1, 1] }],
  },
]

const types = ['bool', 'int16', 'float32', 'int64', 'float64'] as const

function constantTensor(values: Integers | number | readonly Integers[]): RuntimeTensor {
  if (typeof values === 'number') return testTensor('int32', [], { values: [values], constant: true })
  const nested = values.some(Array.isArray)
  const flat = values.flat()
  const shape = nested ? [values.length, flat.length / values.length] : [flat.length]
  return testTensor('int32', shape, { values: flat, constant: true })
}

/** The operands of a case: its constants, and the input at the first place that is free. */
function operandsOf({ constants = {}, input }: Case, type: (typeof types)[number]): RuntimeTensor[] {
  const length = input.reduce((product, size) => product * size, 1)
  const variable = testTensor(type, input, { values: Array.from({ length }, (_, at) => at) })
  const operands: RuntimeTensor[] = []
  for (const [at, values] of Object.entries(constants)) operands[Number(at)] = constantTensor(values)
  const free = operands.findIndex((operand) => operand === undefined)
  operands[free === -1 ? operands.length : free] = variable
  return operands
}

const implementation = (kind: string): OperatorImplementation => implementationOf(kind)!

it.each(cases.flatMap((each) => types.map((type) => [each.kind, type, each] as const)))(
  '%s moves %s',
  (kind, type, each) => {
    const outputs = each.outputs.map(({ shape }) => testTensor(type, shape))
    implementation(kind).prepare(testContext(kind, operandsOf(each, type), outputs, each.options ?? {}))()
    expect(outputs.map(({ data }) => Array.from<number | bigint, number>(data, Number))).toEqual(
      each.outputs.map(({ values }) => values),
    )
  },
)

it.each(cases.map((each) => [each.kind, each] as const))(
  '%s refuses another type and another shape of the output',
  (kind, each) => {
    const prepare = (type: 'int16' | 'float32', extra: readonly number[]): (() => void) => {
      const outputs = each.outputs.map(({ shape }) => testTensor(type, [...shape, ...extra]))
      return implementation(kind).prepare(
        testContext(kind, operandsOf(each, 'int16'), outputs, each.options ?? {}),
      )
    }
    expect(() => prepare('float32', [])).toThrow('outputs of type float32')
    expect(() => prepare('int16', [7])).toThrow(`output shape [`)
  },
)

it.each(cases.filter(({ constants }) => constants !== undefined).map((each) => [each.kind, each] as const))(
  '%s refuses operands that are computed at run time',
  (kind, each) => {
    if (kind === 'EXPAND_DIMS') return
    const operands = operandsOf(each, 'int16').map((operand) => ({ ...operand, constant: false }))
    const outputs = each.outputs.map(({ shape }) => testTensor('int16', shape))
    expect(() =>
      implementation(kind).prepare(testContext(kind, operands, outputs, each.options ?? {})),
    ).toThrow('got a value that is computed at run time, expected a constant')
  },
)

it('SPLIT and UNPACK refuse another number of outputs', () => {
  const outputs = [testTensor('int16', [1])]
  const operands = [testTensor('int32', [], { constant: true }), testTensor('int16', [2])]
  const twoParts = testContext('SPLIT', operands, outputs, { numSplits: 2 })
  expect(() => implementation('SPLIT').prepare(twoParts)).toThrow('got parts of 1 along dimension 0 of [2]')
  const sizes = testTensor('int32', [2], { values: [1, 1], constant: true })
  const context = testContext('SPLIT_V', [operands[1], sizes, operands[0]], outputs)
  expect(() => implementation('SPLIT_V').prepare(context)).toThrow(
    'got 1 outputs, expected 2, one for each part',
  )
})

it('SPLIT_V refuses an axis that is not one number', () => {
  const axis = testTensor('int32', [2], { constant: true })
  const context = testContext('SPLIT_V', [testTensor('int16', [2]), axis, axis], [testTensor('int16', [2])])
  expect(() => implementation('SPLIT_V').prepare(context)).toThrow('got 2 values, expected one')
})

it.each(['RESIZE_NEAREST_NEIGHBOR', 'RESIZE_BILINEAR'] as const)('%s refuses sizes and options', (kind) => {
  const image = testTensor('float32', [1, 1, 1, 1])
  const prepare = (size: readonly number[], options = {}) =>
    implementation(kind).prepare(
      testContext(
        kind,
        [image, testTensor('int32', [size.length], { values: size, constant: true })],
        [image],
        options,
      ),
    )
  expect(() => prepare([0, 1])).toThrow('got size [0, 1], expected a height and a width of 1 or more')
  expect(() => prepare([1, 1, 1])).toThrow('got size [1, 1, 1]')
  expect(() => prepare([1, 1], { alignCorners: true, halfPixelCenters: true })).toThrow('one of them at most')
})

it('MIRROR_PAD refuses a mode that it does not know, and amounts for other dimensions', () => {
  const tensor = testTensor('int16', [1])
  const amounts = testTensor('int32', [2, 2], { constant: true })
  const context = testContext('MIRROR_PAD', [tensor, amounts], [tensor], { mode: 'UNKNOWN_7' })
  expect(() => implementation('MIRROR_PAD').prepare(context)).toThrow(
    'for 1 dimensions, expected two of 0 or more',
  )
  const fitting = testTensor('int32', [1, 2], { constant: true })
  const unknown = testContext('MIRROR_PAD', [tensor, fitting], [tensor], { mode: 'UNKNOWN_7' })
  expect(() => implementation('MIRROR_PAD').prepare(unknown)).toThrow('got mode UNKNOWN_7')
})

it('looks at shapes before it makes anything of their size', () => {
  const times = testTensor('int32', [1], { values: [2 ** 31 - 1], constant: true })
  const context = testContext('TILE', [testTensor('int8', [1]), times], [testTensor('int8', [1])])
  expect(() => implementation('TILE').prepare(context)).toThrow('got output shape [1], expected [2147483647]')
})

it.each(['RESIZE_BILINEAR', 'RESIZE_NEAREST_NEIGHBOR'] as const)('%s of no image does nothing', (kind) => {
  const size = testTensor('int32', [2], { values: [2 ** 31 - 1, 1], constant: true })
  const [input, output] = [testTensor('int8', [0, 1, 1, 1]), testTensor('int8', [0, 2 ** 31 - 1, 1, 1])]
  expect(() => implementation(kind).prepare(testContext(kind, [input, size], [output]))()).not.toThrow()
})
