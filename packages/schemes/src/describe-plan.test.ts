import { expect, it } from 'vitest'
import { describePlan } from './describe-plan.ts'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { recipe } from './recipe/recipe.ts'
import type { Scheme } from './scheme.ts'
import { dynamic } from './schemes/dynamic.ts'
import { float16 } from './schemes/float16.ts'

const described = (name: string, scheme: Scheme) => {
  const model = exampleModels[name]!()
  return describePlan(model, scheme.plan(model, exampleCalibration(model)))
}
const rows = (name: string, scheme: Scheme) =>
  described(name, scheme).map(({ kind, activations, weights, reason }) =>
    [kind, activations, weights, reason].filter((each) => each !== undefined).join(' | '),
  )

it('tells what each operator computes with, how its weights are stored, and why it stays float', () => {
  const scheme = recipe({
    rules: [
      { scheme: 'int8' },
      { operators: ['DEPTHWISE_CONV_2D'], scheme: 'int16x8' },
      { operators: ['FULLY_CONNECTED'], scheme: 'int4', options: { activations: 'float32', blockSize: 32 } },
      { operators: ['SOFTMAX'], scheme: 'float' },
    ],
  })
  expect(rows('network', scheme)).toEqual([
    'CONV_2D | int8 | int8 per channel',
    'DEPTHWISE_CONV_2D | int16 | int8 per channel',
    ...['ADD | int8', 'AVERAGE_POOL_2D | int8', 'RESHAPE | int8'],
    'FULLY_CONNECTED | float32 | int4 in blocks of 32',
    'SOFTMAX | float32 | rules[3] of the recipe says so',
  ])
})

it('gives a reason for all that stay float', () => {
  expect(rows('unsupported', dynamic())).toEqual([
    'CONV_2D | float32 | int8 per channel',
    'COS | float32 | it has no weights to make smaller',
    'CONV_2D | float32 | int8 per channel',
  ])
  expect(rows('unsupported', float16())[0]).toBe('CONV_2D | float32 | float16, dequantized')
})

it('tells where the operator stands', () => {
  expect(described('unsupported', dynamic())[1]).toMatchObject({
    subgraph: 0,
    index: 1,
    name: 'wave',
    float: true,
  })
})

it('tells the type of what is compared, though the output has none', () => {
  expect(rows('elementwise', recipe({ rules: [{ scheme: 'int8' }] }))).toContain('GREATER | int8')
})
