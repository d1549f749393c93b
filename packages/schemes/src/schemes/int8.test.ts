import { operatorKind } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { int8 } from './int8.ts'

schemeConformance('int8', int8)
schemeConformance('int8', () => int8({ io: 'int8' }))
schemeConformance('int8', () => int8({ io: 'uint8', perChannelFullyConnected: false }))

const quantized = (name: string, scheme = int8()) => {
  const model = exampleModels[name]!()
  return quantizeModel(model, exampleCalibration(model), scheme)
}
const kindsOf = (model: Model): string[] =>
  (model.subgraphs?.[0]?.operators ?? []).map((operator) => operatorKind(model, operator))
const tensorNamed = (model: Model, name: string): Tensor | undefined =>
  model.subgraphs?.[0]?.tensors?.find((tensor) => tensor.name === name)

describe('inputs and outputs', () => {
  it('float32: QUANTIZE at the start, DEQUANTIZE at the end, integers called _int8', () => {
    const { model } = quantized('network')
    expect(kindsOf(model)).toEqual([
      ...[
        'QUANTIZE',
        'CONV_2D',
        'DEPTHWISE_CONV_2D',
        'ADD',
        'AVERAGE_POOL_2D',
        'RESHAPE',
        'FULLY_CONNECTED',
        'SOFTMAX',
      ],
      'DEQUANTIZE',
    ])
    expect(tensorNamed(model, 'input')?.type).toBe('FLOAT32')
    expect(tensorNamed(model, 'input_int8')?.type).toBe('INT8')
    expect(tensorNamed(model, 'first')?.type).toBe('INT8')
    expect(tensorNamed(model, 'probabilities_int8')?.type).toBe('INT8')
  })

  it('int8: nothing is inserted', () => {
    const { model } = quantized('network', int8({ io: 'int8' }))
    expect(kindsOf(model)).not.toContain('QUANTIZE')
    expect(tensorNamed(model, 'input')?.type).toBe('INT8')
  })

  it('uint8: the same scale, the zero point 128 higher', () => {
    const { model } = quantized('network', int8({ io: 'uint8' }))
    const [outer, inner] = [tensorNamed(model, 'input'), tensorNamed(model, 'input_int8')]
    expect(outer?.type).toBe('UINT8')
    expect(outer?.quantization?.scale).toEqual(inner?.quantization?.scale)
    expect(outer?.quantization?.zeroPoint?.[0]).toBe((inner?.quantization?.zeroPoint?.[0] ?? 0n) + 128n)
  })
})

it('keeps an operator without integer form float, between conversions, and says why', () => {
  const { model, floatOperators } = quantized('unsupported')
  expect(kindsOf(model)).toEqual([
    'QUANTIZE',
    'CONV_2D',
    'DEQUANTIZE',
    'COS',
    'QUANTIZE',
    'CONV_2D',
    'DEQUANTIZE',
  ])
  expect(floatOperators).toEqual([
    { subgraph: 0, index: 1, kind: 'COS', reason: 'COS has no integer form here' },
  ])
})

it('imposes the range of a concatenation where it can, and requantizes where something else needs its own', () => {
  const { model } = quantized('concatenation')
  const key = (name: string) => JSON.stringify(tensorNamed(model, name)?.quantization?.scale)
  expect(key('free')).toBe(key('joined_int8'))
  expect(key('used')).not.toBe(key('joined_int8'))
  expect(kindsOf(model).filter((kind) => kind === 'QUANTIZE')).toHaveLength(2)
})

it('stores a shared filter once, and a shared bias once for each scale', () => {
  const { model } = quantized('sharing')
  const names = model.subgraphs?.[0]?.tensors?.map(({ name }) => name) ?? []
  expect(names.filter((name) => name?.startsWith('filter'))).toEqual(['filter'])
  expect(names.filter((name) => name?.startsWith('bias'))).toEqual(['bias', 'bias_int32'])
})

it('gives weights one scale per output channel, FULLY_CONNECTED on request one for all', () => {
  const scales = (scheme = int8()) =>
    ['first/filter', 'depthwise/filter', 'dense/weights'].map(
      (name) => tensorNamed(quantized('network', scheme).model, name)?.quantization?.scale?.length,
    )
  expect(scales()).toEqual([8, 8, 40])
  expect(scales(int8({ perChannelFullyConnected: false }))).toEqual([8, 8, 1])
})

it('raises operator versions, and the runtime that the file asks for', () => {
  const { model } = quantized('network')
  const versions = Object.fromEntries(
    (model.operatorCodes ?? []).map(({ builtinCode, version }) => [builtinCode, version]),
  )
  expect(versions).toEqual({
    ...{
      CONV_2D: 3,
      DEPTHWISE_CONV_2D: 3,
      ADD: 2,
      AVERAGE_POOL_2D: 2,
      RESHAPE: 1,
      FULLY_CONNECTED: 4,
      SOFTMAX: 2,
    },
    ...{ QUANTIZE: 1, DEQUANTIZE: 2 },
  })
  const entry = model.metadata?.find(({ name }) => name === 'min_runtime_version')
  expect(new TextDecoder().decode(model.buffers?.[entry?.buffer ?? 0]?.data)).toBe('1.14.0'.padEnd(16, '\0'))
})
