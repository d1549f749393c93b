import { allocate, elementCount, seededRandom } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { BuiltinOperator, BuiltinOptions } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'

type Shape = readonly number[]
type ElementType = 'float32' | 'int8' | 'uint8'

interface Constant {
  readonly shape: Shape
  readonly values: readonly number[]
  /** True where the constant is of the type of the inputs. */
  readonly isElement?: boolean
}

interface Case {
  readonly kind: BuiltinOperator
  readonly inputs: readonly Shape[]
  readonly output: Shape
  readonly options?: BuiltinOptions
  /** Operands behind the inputs, such as axes. */
  readonly constants?: readonly Constant[]
  /** Of the output, where it is not that of the inputs. */
  readonly outputType?: 'int32' | 'int64'
}

const pool = (padding: 'SAME' | 'VALID', filter: number, stride: number): BuiltinOptions => ({
  ...{ kind: 'Pool2DOptions', padding, fusedActivationFunction: 'RELU6' },
  ...{ filterHeight: filter, filterWidth: filter, strideH: stride, strideW: stride },
})

const cases: readonly Case[] = [
  { kind: 'AVERAGE_POOL_2D', inputs: [[2, 5, 6, 9]], output: [2, 3, 3, 9], options: pool('SAME', 3, 2) },
  { kind: 'AVERAGE_POOL_2D', inputs: [[1, 4, 4, 40]], output: [1, 1, 1, 40], options: pool('VALID', 4, 1) },
  { kind: 'MAX_POOL_2D', inputs: [[2, 5, 6, 9]], output: [2, 3, 3, 9], options: pool('SAME', 3, 2) },
  { kind: 'MAX_POOL_2D', inputs: [[1, 5, 5, 3]], output: [1, 2, 2, 3], options: pool('VALID', 2, 3) },
  {
    ...{ kind: 'MEAN', inputs: [[2, 3, 4, 5]], output: [2, 5] },
    constants: [{ shape: [2], values: [1, -2] }],
    options: { kind: 'ReducerOptions', keepDims: false },
  },
  { kind: 'SOFTMAX', inputs: [[3, 11]], output: [3, 11], options: { kind: 'SoftmaxOptions', beta: 1 } },
  {
    ...{ kind: 'PAD', inputs: [[1, 2, 3, 4]], output: [1, 5, 3, 7] },
    constants: [{ shape: [4, 2], values: [0, 0, 1, 2, 0, 0, 3, 0] }],
  },
  {
    ...{ kind: 'PADV2', inputs: [[1, 2, 3, 4]], output: [1, 5, 3, 7] },
    constants: [
      { shape: [4, 2], values: [0, 0, 1, 2, 0, 0, 3, 0] },
      { shape: [1], values: [7], isElement: true },
    ],
  },
  {
    ...{ kind: 'SPACE_TO_BATCH_ND', inputs: [[2, 5, 3, 4]], output: [12, 3, 2, 4] },
    constants: [
      { shape: [2], values: [2, 3] },
      { shape: [2, 2], values: [1, 0, 1, 2] },
    ],
  },
  ...(['SUM', 'REDUCE_MAX', 'REDUCE_MIN'] as const).map((kind) => ({
    ...{ kind, inputs: [[2, 3, 4, 5]], output: [2, 1, 1, 5] },
    constants: [{ shape: [2], values: [1, 2] }],
    options: { kind: 'ReducerOptions', keepDims: true } as const,
  })),
  {
    ...{ kind: 'ARG_MAX', inputs: [[2, 3, 21]], output: [2, 3], outputType: 'int32' },
    constants: [{ shape: [], values: [2] }],
    options: { kind: 'ArgMaxOptions', outputType: 'INT32' },
  },
  {
    ...{ kind: 'ARG_MIN', inputs: [[2, 5, 6]], output: [2, 6], outputType: 'int64' },
    constants: [{ shape: [], values: [-2] }],
    options: { kind: 'ArgMinOptions', outputType: 'INT64' },
  },
  {
    ...{
      kind: 'CONCATENATION',
      inputs: [
        [2, 3],
        [2, 20],
        [2, 1],
      ],
      output: [2, 24],
    },
    options: { kind: 'ConcatenationOptions', axis: -1, fusedActivationFunction: 'NONE' },
  },
  { kind: 'RESHAPE', inputs: [[2, 3, 7]], output: [42] },
  { kind: 'SQUEEZE', inputs: [[1, 5, 1]], output: [5] },
]

function dataOf(type: ElementType, values: readonly number[]) {
  const data = allocate(type, values.length)
  values.forEach((value, at) => (data[at] = value))
  return data
}

function modelOf({ kind, inputs, output, options, constants = [], outputType }: Case, elements: ElementType) {
  const upper = (type: string) => type.toUpperCase() as 'FLOAT32'
  const type = upper(elements)
  const zeroPoint = elements === 'int8' ? -7 : 100
  const quantization = elements === 'float32' ? {} : { scale: 0.05, zeroPoint }
  const tensors: readonly TinyTensor[] = [
    ...inputs.map((shape, at) => ({ name: `input ${at}`, shape, type, ...quantization })),
    {
      name: 'output',
      shape: output,
      ...(outputType ? { type: upper(outputType) } : { type, ...quantization }),
    },
    ...constants.map(({ shape, values, isElement = false }, at) => ({
      ...{ name: `constant ${at}`, shape },
      ...(isElement
        ? { type, ...quantization, data: dataOf(elements, values) }
        : { type: 'INT32' as const, data: Int32Array.from(values) }),
    })),
  ]
  const variable = inputs.map((_, at) => at)
  const operands = [...variable, ...constants.map((_, at) => inputs.length + 1 + at)]
  const operator = { kind, inputs: operands, outputs: [inputs.length], ...(options && { options }) }
  return tinyModel(tensors, [operator], variable, [inputs.length])
}

describe.each(['tflite', 'xnnpack'] as const)('%s', (arithmetic) => {
  describe.each(['float32', 'int8', 'uint8'] as const)('%s', (elements) => {
    it.each(cases.map((each) => [`${each.kind} to ${each.output.join('x')}`, each] as const))(
      '%s is generated and equals the reference',
      async (_, each) => {
        const model = modelOf(each, elements)
        const generated = await compile(model, { arithmetic, innerLoop: 'i16' })
        expect(['bytes', elements]).toContain(generated.operators[0]!.kernel)
        const random = seededRandom(each.output.length)
        const inputs = each.inputs.map((shape) => {
          const data = allocate(elements, elementCount(shape))
          const low = elements === 'uint8' ? 0 : -128
          data.forEach((_value, at) => (data[at] = random.integer(256) + low))
          return { type: elements, shape, data } as Tensor
        })
        const reference = await compile(model, { arithmetic, innerLoop: 'reference' })
        const [expected] = reference.run(inputs)
        const [output] = generated.run(inputs)
        expect(new Set(expected!.data as Int8Array).size).toBeGreaterThan(1)
        expect(output!.data).toEqual(expected!.data)
      },
    )
  })
})
