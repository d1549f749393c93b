import type { BuiltinOperator, Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { knownKinds, knownOperator } from './known-operators.ts'
import { loadOperators } from './load-operators.ts'
import { supportedOperators } from './registry.ts'
import { tinyModel } from './tiny-model.conformance.ts'

const modelOf = (...kinds: readonly BuiltinOperator[]): Model =>
  tinyModel(
    [],
    kinds.map((kind) => ({ kind, inputs: [], outputs: [] })),
    [],
    [],
  )

it('loads operators without generated code when a model has one of them', async () => {
  const generated = supportedOperators().filter((operator) => operator.generated)
  await loadOperators(modelOf('CONV_2D', 'SOFTMAX', 'CUSTOM'))
  expect(knownKinds()).toEqual(generated.map(({ kind }) => kind))
  expect(knownOperator('FLOOR_DIV')).toBeUndefined()
  await loadOperators(modelOf('CONV_2D', 'FLOOR_DIV'))
  expect(knownOperator('FLOOR_DIV')).toMatchObject({ kind: 'FLOOR_DIV' })
  expect(knownKinds()).toEqual(supportedOperators().map(({ kind }) => kind))
})
