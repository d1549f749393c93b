import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { schemeConformance } from '../scheme.conformance.ts'
import { int8PerTensor } from './int8-per-tensor.ts'

schemeConformance('int8-per-tensor', int8PerTensor)

it('gives every tensor one scale', () => {
  const model = exampleModels['network']!()
  const { parameters } = quantizeModel(model, exampleCalibration(model), int8PerTensor())
  expect(parameters.filter(({ type }) => type === 'INT8').every(({ scales }) => scales.length === 1)).toBe(
    true,
  )
  expect(parameters.length).toBeGreaterThan(10)
})
