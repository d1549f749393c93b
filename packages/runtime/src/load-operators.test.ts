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

it('loads operators that are not at hand when a model has one of them', async () => {
  // Other tests have loaded them in this process.
  vi.resetModules()
  const { knownKinds, knownOperator } = await import('./known-operators.ts')
  const { loadOperators } = await import('./load-operators.ts')
  const kindsOf = (operators: readonly { readonly kind: string }[]): readonly string[] =>
    operators.map(({ kind }) => kind)
  await loadOperators(modelOf('CONV_2D', 'SOFTMAX', 'CUSTOM'))
  expect(kindsOf(supportedOperators())).toEqual(expect.arrayContaining([...knownKinds()]))
  expect(knownOperator('ADD')).toBeUndefined()
  await loadOperators(modelOf('CONV_2D', 'ADD'))
  expect(knownKinds()).toEqual(kindsOf(supportedOperators().filter(({ generated }) => generated)))
  expect(knownOperator('FLOOR_DIV')).toBeUndefined()
  await loadOperators(modelOf('CONV_2D', 'FLOOR_DIV'))
  expect(knownOperator('FLOOR_DIV')).toMatchObject({ kind: 'FLOOR_DIV' })
  expect(knownKinds()).toEqual(kindsOf(supportedOperators()))
})
