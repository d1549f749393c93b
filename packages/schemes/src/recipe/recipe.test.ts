import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../check-model.conformance.ts'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { int8 } from '../schemes/int8.ts'
import { recipe } from './recipe.ts'

const mixed = {
  name: 'mixed',
  rules: [
    { scheme: 'int8' },
    { operators: ['DEPTHWISE_CONV_2D'], scheme: 'int16x8' },
    { operators: 'FULLY_CONNECTED', scheme: 'int4', options: { activations: 'float32' } },
    { tensors: '^prob', scheme: 'float' },
  ],
}
schemeConformance('mixed', () => recipe(mixed))
schemeConformance('mixed', () => recipe(mixed, { io: 'uint8' }))

const source = exampleModels['network']!()
const calibration = exampleCalibration(source)
const quantized = (json: unknown) => quantizeModel(source, calibration, recipe(json))
const types = (model: Model): Readonly<Record<string, string>> =>
  Object.fromEntries((model.subgraphs?.[0]?.tensors ?? []).map(({ name = '', type }) => [name, type]))
const kinds = (model: Model): readonly string[] =>
  (model.subgraphs?.[0]?.operators ?? []).map((operator) => operatorKind(model, operator))

describe('a recipe', () => {
  it('mixes schemes in one model, with conversions where neighbours differ', () => {
    const { model, scheme, floatOperators } = quantized(mixed)
    expect(scheme).toBe('mixed')
    expect(faultsOf(model)).toEqual([])
    expect(types(model)).toMatchObject({
      ...{ 'first/filter': 'INT8', first: 'INT8', first_int16: 'INT16', second: 'INT16' },
      ...{ second_int8: 'INT8', sum: 'INT8', 'dense/weights': 'INT4', dense: 'FLOAT32' },
    })
    expect(kinds(model)).toEqual([
      ...['QUANTIZE', 'CONV_2D', 'QUANTIZE', 'DEPTHWISE_CONV_2D', 'QUANTIZE', 'ADD', 'AVERAGE_POOL_2D'],
      ...['RESHAPE', 'DEQUANTIZE', 'FULLY_CONNECTED', 'SOFTMAX'],
    ])
    expect(floatOperators).toEqual([
      { subgraph: 0, index: 6, kind: 'SOFTMAX', reason: 'rules[3] of the recipe says so' },
    ])
  })

  it('with one rule is that scheme', () => {
    expect(quantized({ rules: [{ scheme: 'int8' }] }).model).toEqual(
      quantizeModel(source, calibration, int8()).model,
    )
    const options = { perChannelFullyConnected: false }
    expect(quantized({ rules: [{ scheme: 'int8', options }] }).model).toEqual(
      quantizeModel(source, calibration, int8(options)).model,
    )
  })

  it('counts first and last among the operators with weights, and lets the last rule decide', () => {
    const { model, floatOperators } = quantized({
      rules: [
        { scheme: 'int8' },
        { position: 'last', scheme: 'float' },
        { position: 'first', scheme: 'int4' },
      ],
    })
    expect(floatOperators.map(({ kind }) => kind)).toEqual(['FULLY_CONNECTED'])
    expect(types(model)).toMatchObject({ 'first/filter': 'INT4', 'depthwise/filter': 'INT8' })
  })

  it('leaves operators float that no rule is for', () => {
    const { floatOperators } = quantized({ rules: [{ operators: ['CONV_2D'], scheme: 'int8' }] })
    expect(floatOperators.map(({ reason }) => reason)).toEqual(Array(6).fill('no rule is for it'))
    const other = {
      rules: [
        { subgraph: 0, scheme: 'int8' },
        { subgraph: 1, scheme: 'float' },
      ],
    }
    expect(quantized(other).floatOperators).toEqual([])
  })

  it('needs samples where something computes in integers', () => {
    expect(recipe(mixed).needsCalibration).toBe(true)
    expect(recipe({ rules: [{ scheme: 'dynamic' }] }).needsCalibration).toBe(false)
  })
})

it.each<[unknown, string]>([
  [3, '"recipe": got 3, expected an object'],
  [{ rule: [] }, '"recipe, rule": got [], expected fields among name, io, rules'],
  [{}, '"recipe": got {}, expected an object with a list called "rules"'],
  [{ rules: [] }, '"recipe, rules": got [], expected at least one rule'],
  [{ rules: {} }, '"recipe, rules": got {}, expected a list'],
  [{ rules: [{}] }, '"recipe, rules[0]": got {}, expected a rule with a "scheme"'],
  [{ rules: [1] }, '"recipe, rules[0]": got 1, expected an object'],
  [{ rules: [{ scheme: 'int3' }] }, '"recipe, rules[0].scheme": got "int3", expected one of float, dynamic,'],
  [
    { rules: [{ scheme: 'int8', operator: 'ADD' }] },
    '"recipe, rules[0].operator": got "ADD", expected fields',
  ],
  [{ rules: [{ scheme: 'int8', operators: ['Conv2D'] }] }, 'Did you mean CONV_2D?'],
  [{ rules: [{ scheme: 'int8', tensors: '(' }] }, '"recipe, rules[0].tensors": got "(", expected a regular'],
  [{ rules: [{ scheme: 'int8', subgraph: -1 }] }, '"recipe, rules[0].subgraph": got -1, expected a whole'],
  [{ rules: [{ scheme: 'int8', position: 'middle' }] }, 'expected one of first, last'],
  [{ rules: [{ scheme: 'int4', options: { blockSize: 33 } }] }, 'rules[0].options.blockSize": got 33'],
  [{ rules: [{ scheme: 'int4', options: 4 }] }, '"recipe, rules[0].options": got 4, expected an object'],
  [{ rules: [{ scheme: 'float16', options: { bits: 4 } }] }, 'got 4, expected fields among minimumElements'],
  [{ rules: [{ scheme: 'float', options: { bits: 4 } }] }, 'options.bits": got 4, expected no fields'],
  [{ io: 'int4', rules: [{ scheme: 'int8' }] }, '"recipe, io": got "int4", expected one of float32, int8'],
])('%j: %s', (json, message) => {
  expect(() => recipe(json)).toThrow(message)
})
