import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { recipe } from './recipe.ts'

const weights = { num_bits: 8, symmetric: true, granularity: 'CHANNELWISE', dtype: 'INT' }
const int8 = { num_bits: 8, symmetric: false, granularity: 'TENSORWISE', dtype: 'INT' }
const rule = (changes: object, config: object = {}, operation = '*') => ({
  ...{ regex: '.*', operation, algorithm_key: 'min_max_uniform_quantize' },
  op_config: { weight_tensor_config: weights, compute_precision: 'INTEGER', ...config },
  ...changes,
})
const staticRule = (activations: object = int8) => rule({}, { activation_tensor_config: activations })
const treatments = (...rules: readonly unknown[]) =>
  recipe(rules).rules?.map(({ treatment: { kind, ...others } }) => ({ kind, ...others }))
const channel = { bits: 8, granularity: { kind: 'channel' } }

describe('a recipe of ai-edge-quantizer', () => {
  it('has static, dynamic, weight-only and float rules', () => {
    const wide = { ...int8, num_bits: 16, symmetric: true }
    const explicit = { compute_precision: 'FLOAT', explicit_dequantize: true, min_weight_elements: 9 }
    const half = { weight_tensor_config: { num_bits: 16, dtype: 'FLOAT' } }
    const blocks = { weight_tensor_config: { ...weights, num_bits: 4, granularity: 'BLOCKWISE_32' } }
    expect(
      treatments(
        staticRule(),
        staticRule(wide),
        rule({}),
        rule({}, blocks),
        rule({}, explicit),
        rule({ algorithm_key: 'float_casting' }, half),
        { regex: 'x', operation: 'ADD', algorithm_key: 'no_quantize' },
      ),
    ).toEqual([
      { kind: 'integer', activations: 'int8', weights: channel },
      { kind: 'integer', activations: 'int16', weights: channel },
      { kind: 'hybrid', weights: channel, minimumElements: 0 },
      { kind: 'hybrid', weights: { bits: 4, granularity: { kind: 'block', size: 32 } }, minimumElements: 0 },
      { kind: 'stored', weights: channel, minimumElements: 9 },
      { kind: 'stored', weights: 'float16', minimumElements: 0 },
      { kind: 'float', reason: 'rule [6] of the recipe says so' },
    ])
  })

  it('may have the older form', () => {
    const older = { weight_tensor_config: { num_bits: 8, channel_wise: true }, execution_mode: 'DRQ' }
    const op_config = { op_config: older }
    expect(treatments(rule(op_config))).toEqual([{ kind: 'hybrid', weights: channel, minimumElements: 0 }])
  })

  it('lets the last rule decide', () => {
    const source = exampleModels['network']!()
    const exception = { regex: 'sum', operation: 'ADD', algorithm_key: 'no_quantize' }
    const scheme = recipe([staticRule(), exception])
    expect(quantizeModel(source, exampleCalibration(source), scheme).floatOperators).toEqual([
      { subgraph: 0, index: 2, kind: 'ADD', reason: 'rule [1] of the recipe says so' },
    ])
  })
})

it.each<[unknown, string]>([
  [[], '"recipe": got [], expected at least one rule'],
  [[{ operation: '*' }], '"recipe, [0]": got {"operation":"*"}, expected an object with "regex"'],
  [[rule({ algorithm_key: 'GPTQ' })], '"recipe, [0].algorithm_key": got "GPTQ", expected one of min_max'],
  [[rule({}, {}, 'SOFT')], 'Did you mean SOFTMAX?'],
  [[rule({ regex: '(?P<x>a)' })], '"recipe, [0].regex": got "(?P<x>a)", expected a regular expression'],
  [
    [staticRule({ ...int8, num_bits: 4 })],
    'activation_tensor_config.num_bits": got 4, expected one of 8, 16',
  ],
  [[staticRule({ ...int8, symmetric: true })], 'symmetric": got true, expected false for 8 bits'],
  [
    [rule({}, { weight_tensor_config: { ...weights, symmetric: false } })],
    '"recipe, [0].op_config.weight_tensor_config.symmetric": got false, expected true',
  ],
  [[rule({}, { explicit_dequantize: true })], 'expected false where compute_precision is INTEGER'],
  [[rule({}, { compute_precision: 'FLOAT' })], 'expected explicit_dequantize true'],
])('%j: %s', (json, message) => {
  expect(() => recipe(json)).toThrow(message)
})
