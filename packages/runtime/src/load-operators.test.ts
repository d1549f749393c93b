import type { BuiltinOperator, Model } from '@quantrx/tflite'
import { expect, it, vi } from 'vitest'
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
  // Other tests have loaded them in this process.
  vi.resetModules()
  const { knownKinds, knownOperator } = await import('./known-operators.ts')
  const { loadOperators } = await import('./load-operators.ts')
  const generated = supportedOperators().filter((operator) => operator.generated)
  await loadOperators(modelOf('CONV_2D', 'SOFTMAX', 'CUSTOM'))
  expect(knownKinds()).toEqual(generated.map(({ kind }) => kind))
  expect(knownOperator('FLOOR_DIV')).toBeUndefined()
  await loadOperators(modelOf('CONV_2D', 'FLOOR_DIV'))
  expect(knownOperator('FLOOR_DIV')).toMatchObject({ kind: 'FLOOR_DIV' })
  expect(knownKinds()).toEqual(supportedOperators().map(({ kind }) => kind))
})
